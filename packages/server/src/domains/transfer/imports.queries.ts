import type {
  ImportColumn,
  ImportCounts,
  ImportTwin,
  TwinDecision,
} from "@regulars/contract/domains/transfer.endpoints.ts"
import type { Context } from "../../kernel/context.ts"
import { type Sql, sql } from "../../kernel/db/sql.ts"
import { recordset } from "../../kernel/records/columns.ts"
import type { Likeness } from "./match-keys.ts"
import type { CellProblem } from "./rows/draft.ts"
import type { Repairs } from "./rows/import-rows.ts"

export type ImportStatus = "recognised" | "checking" | "checked" | "running" | "failed" | "done" | "cancelled"
/** What was found out about the file, and what somebody said about reading it. */
export interface FileDetails {
  bytes: number
  encoding: string | null
  encodingIsGuess: boolean
  delimiter: string | null
  sheets: string[]
  sheet: string | null
  /** The first line holds values, not names. */
  headerless: boolean
  headers: string[]
  source: string | null
  /** Choices that override what was recognised. */
  chosen: { encoding?: string; delimiter?: string; sheet?: string }
}
/** Problems and twins as they are kept: without the words, which depend on who reads them. */
export interface StoredProblem extends CellProblem {
  line: number
}
export interface StoredTwin extends ImportTwin {
  likeness: Likeness
}
export type ProblemGroup = Pick<CellProblem, "column" | "code" | "limit"> & { rows: number }

export interface ImportRow {
  id: string
  entity: string
  status: ImportStatus
  fileId: string | null
  fileName: string
  format: "csv" | "xlsx" | "vcard"
  details: FileDetails
  columns: ImportColumn[]
  duplicates: TwinDecision | null
  unreadable: "refuse" | "keep"
  decisions: Record<string, TwinDecision>
  repairs: Repairs
  mappingName: string | null
  counts: ImportCounts | null
  problems: StoredProblem[]
  problemGroups: ProblemGroup[]
  twins: StoredTwin[]
  operationId: string | null
  position: number
  total: number | null
  jobToken: string | null
  error: string | null
  createdBy: string | null
  createdAt: string
}
const columnNames: Record<keyof ImportRow, string> = {
  id: "id",
  entity: "entity",
  status: "status",
  fileId: "file_id",
  fileName: "file_name",
  format: "format",
  details: "details",
  columns: "columns",
  duplicates: "duplicates",
  unreadable: "unreadable",
  decisions: "decisions",
  repairs: "repairs",
  mappingName: "mapping_name",
  counts: "counts",
  problems: "problems",
  problemGroups: "problem_groups",
  twins: "twins",
  operationId: "operation_id",
  position: "position",
  total: "total",
  jobToken: "job_token",
  error: "error",
  createdBy: "created_by",
  createdAt: "created_at",
}
const json = new Set<string>([
  "details",
  "columns",
  "decisions",
  "repairs",
  "counts",
  "problems",
  "problemGroups",
  "twins",
])
const selection = sql.join(
  Object.entries(columnNames).map(([key, name]) => sql`${sql.id(name)} as ${sql.id(key)}`),
)
function assignment(key: string, value: unknown): Sql {
  if (!json.has(key) || value === null) return sql`${value}`
  return sql`${storableJson(value)}::text::jsonb`
}
/** JSON the database takes, whatever a file held: no NUL, no half of a surrogate pair. */
function storableJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "string" ? storable(part) : part))
}
function storable(text: string): string {
  return text.replaceAll("\0", "\ufffd").toWellFormed()
}

export async function insertImport(ctx: Context, row: Partial<ImportRow> & { id: string }): Promise<void> {
  const entries = Object.entries(row) as [keyof ImportRow, unknown][]
  const now = ctx.now().toISOString()
  await ctx.tx.rows(sql`
    insert into imports (workspace_id, updated_at, ${sql.join(entries.map(([key]) => sql.id(columnNames[key])))})
    values (${ctx.workspaceId}, ${now}, ${sql.join(entries.map(([key, value]) => assignment(key, value)))})`)
}
export async function findImport(
  ctx: Context,
  id: string,
  options: { lock?: boolean } = {},
): Promise<ImportRow | undefined> {
  return ctx.tx.row<ImportRow>(sql`
    select ${selection} from imports where workspace_id = ${ctx.workspaceId} and id = ${id} ${options.lock ? sql`for update` : sql``}`)
}
/** The newest imports, without the long lists. */
export async function listImports(
  ctx: Context,
  entities: readonly string[],
  limit: number,
): Promise<ImportRow[]> {
  const rows = await ctx.tx.rows<{ id: string }>(sql`
    select id from imports where workspace_id = ${ctx.workspaceId} and entity = any (${entities}::text[]) order by created_at desc, id desc limit ${limit}`)
  const ids = rows.map(({ id }) => id)
  const light = sql.join(
    Object.entries(columnNames).map(([key, name]) =>
      ["problems", "problemGroups", "twins"].includes(key)
        ? sql`'[]'::jsonb as ${sql.id(key)}`
        : sql`${sql.id(name)} as ${sql.id(key)}`,
    ),
  )
  return ctx.tx.rows<ImportRow>(sql`
    select ${light} from imports where workspace_id = ${ctx.workspaceId} and id = any (${ids}::uuid[]) order by created_at desc, id desc`)
}
/** Imports that are being checked, or run. */
export async function importsUnderWay(ctx: Context, status: "checking" | "running"): Promise<string[]> {
  const rows = await ctx.tx.rows<{ id: string }>(
    sql`select id from imports where workspace_id = ${ctx.workspaceId} and status = ${status}`,
  )
  return rows.map(({ id }) => id)
}
/** Changes an import; with `token` only while that job is the one at work. Returns whether it did. */
export async function updateImport(
  ctx: Context,
  id: string,
  changes: Partial<ImportRow>,
  token?: string,
): Promise<boolean> {
  const sets = Object.entries(changes).map(
    ([key, value]) => sql`${sql.id(columnNames[key as keyof ImportRow])} = ${assignment(key, value)}`,
  )
  const mine = token === undefined ? sql`` : sql`and job_token = ${token}`
  const row = await ctx.tx.row(sql`
    update imports set ${sql.join([...sets, sql`updated_at = ${ctx.now().toISOString()}`])}
    where workspace_id = ${ctx.workspaceId} and id = ${id} ${mine} returning true as changed`)
  return row !== undefined
}
/** One import of a workspace writes at a time, so that two files can't make the same company twice. */
export async function waitForTurn(ctx: Context): Promise<void> {
  await ctx.tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.workspaceId}/imports`}, 0))`)
}

export interface Reject {
  line: number
  cells: readonly string[]
  problems: CellProblem[]
}
export async function insertRejects(
  ctx: Context,
  importId: string,
  rejects: readonly Reject[],
): Promise<void> {
  if (rejects.length === 0) return
  const rows = rejects.map(({ line, cells, problems }) => ({
    line,
    cells: cells.map(storable),
    problems: problems.map((problem) => ({ ...problem, value: storable(problem.value) })),
  }))
  await ctx.tx.rows(sql`
    insert into import_rejects (workspace_id, import_id, line, cells, problems)
    select ${ctx.workspaceId}::uuid, ${importId}::uuid, line, cells, problems
    from ${recordset("input", rows, { line: "int8", cells: "jsonb", problems: "jsonb" })}
    on conflict do nothing`)
}
export async function readRejects(
  ctx: Context,
  importId: string,
  afterLine: number,
  limit: number,
): Promise<Reject[]> {
  return ctx.tx.rows<Reject>(sql`
    select line, cells, problems from import_rejects
    where workspace_id = ${ctx.workspaceId} and import_id = ${importId} and line > ${afterLine} order by line limit ${limit}`)
}
/** For each of these operations the id of the latest one that was to take it back, whatever came of it. */
export async function latestUndos(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.tx.rows<{ id: string; undoOf: string }>(sql`
    select distinct on (undo_of) id, undo_of as "undoOf" from operations
    where workspace_id = ${ctx.workspaceId} and undo_of = any (${ids}::uuid[]) order by undo_of, created_at desc, id desc`)
  return new Map(rows.map(({ id, undoOf }) => [undoOf, id]))
}
/** Uploads of imports that ended, or were left lying, before a time: their files are let go. */
export async function releaseUploads(ctx: Context, before: string): Promise<number> {
  const rows = await ctx.tx.rows<{ fileId: string }>(sql`
    with old as (
      select id, file_id from imports
      where workspace_id = ${ctx.workspaceId} and file_id is not null and updated_at < ${before} and status not in ('checking', 'running')
    ), released as (
      update imports i set file_id = null from old where i.workspace_id = ${ctx.workspaceId} and i.id = old.id
    )
    select file_id as "fileId" from old`)
  const ids = rows.map(({ fileId }) => fileId)
  if (ids.length > 0)
    await ctx.tx.rows(
      sql`delete from files where workspace_id = ${ctx.workspaceId} and id = any (${ids}::uuid[])`,
    )
  return ids.length
}

export interface MappingRow {
  id: string
  name: string
  entity: string
  headers: string[]
  columns: Pick<ImportColumn, "header" | "target" | "dateOrder" | "decimal" | "onUpdate">[]
  createdAt: string
}
const mappingColumns = sql`id, name, entity, headers, columns, created_at as "createdAt"`
export async function listMappings(ctx: Context): Promise<MappingRow[]> {
  return ctx.tx.rows<MappingRow>(
    sql`select ${mappingColumns} from import_mappings where workspace_id = ${ctx.workspaceId} order by name, id`,
  )
}
export async function findMapping(ctx: Context, id: string): Promise<MappingRow | undefined> {
  return ctx.tx.row<MappingRow>(
    sql`select ${mappingColumns} from import_mappings where workspace_id = ${ctx.workspaceId} and id = ${id}`,
  )
}
/** The mapping last saved for a file with exactly these headers. */
export async function mappingForHeaders(
  ctx: Context,
  headers: readonly string[],
): Promise<MappingRow | undefined> {
  return ctx.tx.row<MappingRow>(sql`
    select ${mappingColumns} from import_mappings
    where workspace_id = ${ctx.workspaceId} and headers = ${storableJson(headers)}::text::jsonb order by created_at desc limit 1`)
}
export async function saveMapping(ctx: Context, mapping: Omit<MappingRow, "createdAt">): Promise<void> {
  const { id, name, entity, headers, columns } = mapping
  await ctx.tx.rows(sql`
    insert into import_mappings (workspace_id, id, name, entity, headers, columns, created_by, created_at)
    values (${ctx.workspaceId}, ${id}, ${name}, ${entity}, ${storableJson(headers)}::text::jsonb, ${storableJson(columns)}::text::jsonb,
      ${ctx.actor.memberId}, ${ctx.now().toISOString()})
    on conflict (workspace_id, entity, name) do update set headers = excluded.headers, columns = excluded.columns, created_at = excluded.created_at`)
}
export async function deleteMapping(ctx: Context, id: string): Promise<boolean> {
  const row = await ctx.tx.row(
    sql`delete from import_mappings where workspace_id = ${ctx.workspaceId} and id = ${id} returning true as gone`,
  )
  return row !== undefined
}
