import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { recordset, type StoredRecord } from "./columns.ts"
import { lookUpValues, searchEntry } from "./lookups.ts"

const valueTypes = { record_id: "uuid", field: "text", value: "text" }
const searchTypes = { record_id: "uuid", title: "text", subtitle: "text", body: "text" }

/** Adds new records to the look-up and search indexes. */
export function indexRecords(
  ctx: Context,
  entity: EntityDeclaration,
  records: readonly StoredRecord[],
): void {
  insertValues(
    ctx,
    entity,
    records.flatMap((record) => valueRows(entity, record)),
    "new",
  )
  writeSearchEntries(ctx, entity, records, "new")
}

/** Brings both indexes to what changed records hold now. */
export function reindexRecords(
  ctx: Context,
  entity: EntityDeclaration,
  before: readonly StoredRecord[],
  after: readonly StoredRecord[],
): void {
  const old = new Map(before.flatMap((record) => valueRows(entity, record)).map((row) => [keyOf(row), row]))
  const current = new Map(
    after.flatMap((record) => valueRows(entity, record)).map((row) => [keyOf(row), row]),
  )
  const removed = [...old].filter(([key]) => !current.has(key)).map(([, row]) => row)
  const added = [...current].filter(([key]) => !old.has(key)).map(([, row]) => row)
  const searchBefore = new Map(
    before.map((record) => [record.id, JSON.stringify(searchEntry(entity, record))]),
  )
  const searchChanged = after.filter(
    (record) => searchBefore.get(record.id) !== JSON.stringify(searchEntry(entity, record)),
  )
  deleteValues(ctx, entity, removed)
  insertValues(ctx, entity, added, "perhaps there")
  writeSearchEntries(ctx, entity, searchChanged)
}

/** Takes records out of the search index (they are in the bin); look-up values stay for their return. */
export function hideFromSearch(ctx: Context, ids: readonly string[]): void {
  ctx.tx.write(
    sql`delete from search_index where workspace_id = ${ctx.workspaceId} and record_id = any (${ids}::uuid[])`,
  )
}

/** Takes records out of all indexes. */
export function dropFromIndexes(ctx: Context, ids: readonly string[]): void {
  hideFromSearch(ctx, ids)
  for (const table of ["record_values", "field_values"])
    ctx.tx.write(
      sql`delete from ${sql.table(table)} where workspace_id = ${ctx.workspaceId} and record_id = any (${ids}::uuid[])`,
    )
}

interface ValueRow extends Record<string, unknown> {
  record_id: string
  field: string
  value: string
}
function valueRows(entity: EntityDeclaration, record: StoredRecord): ValueRow[] {
  return lookUpValues(entity, record).map(({ field, value }) => ({ record_id: record.id, field, value }))
}
function keyOf(row: ValueRow): string {
  return `${row.record_id}\n${row.field}\n${row.value}`
}
/** Looking for a row before writing it costs half as much again as the writing: new records have none. */
type Presence = "new" | "perhaps there"
function insertValues(
  ctx: Context,
  entity: EntityDeclaration,
  rows: readonly ValueRow[],
  presence: Presence,
): void {
  if (rows.length === 0) return
  ctx.tx.write(sql`
    insert into record_values (workspace_id, entity, field, value, record_id)
    select ${ctx.workspaceId}::uuid, ${entity.name}, field, value, record_id from ${recordset("input", rows, valueTypes)}
    ${presence === "new" ? sql`` : sql`on conflict do nothing`}`)
}
function deleteValues(ctx: Context, entity: EntityDeclaration, rows: readonly ValueRow[]): void {
  if (rows.length === 0) return
  ctx.tx.write(sql`
    delete from record_values v using ${recordset("input", rows, valueTypes)}
    where v.workspace_id = ${ctx.workspaceId} and v.entity = ${entity.name}
      and v.field = input.field and v.value = input.value and v.record_id = input.record_id`)
}
export function writeSearchEntries(
  ctx: Context,
  entity: EntityDeclaration,
  records: readonly StoredRecord[],
  presence: Presence = "perhaps there",
): void {
  if (records.length === 0) return
  const rows = records.map((record) => ({ record_id: record.id, ...searchEntry(entity, record) }))
  const replacing = sql`
    on conflict (workspace_id, record_id) do update set title = excluded.title, subtitle = excluded.subtitle, body = excluded.body
    where (search_index.title, search_index.subtitle, search_index.body) is distinct from (excluded.title, excluded.subtitle, excluded.body)`
  ctx.tx.write(sql`
    insert into search_index (workspace_id, entity, record_id, title, subtitle, body)
    select ${ctx.workspaceId}::uuid, ${entity.name}, record_id, title, subtitle, body from ${recordset("input", rows, searchTypes)}
    ${presence === "new" ? sql`` : replacing}`)
}
