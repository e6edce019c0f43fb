import type {
  ImportColumn,
  ImportTarget,
  TwinDecision,
} from "@regulars/contract/domains/transfer.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../../kernel/context.ts"
import { transaction } from "../../kernel/db/transaction.ts"
import { AppError, invalid, notFound } from "../../kernel/errors.ts"
import { newId } from "../../kernel/ids.ts"
import { importableEntity } from "./importable.ts"
import { findMapping, type ImportRow, saveMapping, updateImport } from "./imports.queries.ts"
import { getImport, isOpen, recognise, uploadHash, withMapping } from "./imports.service.ts"
import { suggestOrders } from "./recognise/recognise.ts"
import { placeOf } from "./recognise/targets.ts"
import { writingOf } from "./recognise-file.ts"
import { isOwn } from "./rows/draft.ts"

export interface ImportPatch {
  entity?: string
  columns?: ({ index: number } & Partial<Pick<ImportColumn, "dateOrder" | "decimal" | "onUpdate">> & {
      target?: ImportTarget | null
    })[]
  duplicates?: TwinDecision
  decisions?: { line: number; decision: TwinDecision | null }[]
  repairs?: { line: number; column: number; value: string }[]
  unreadable?: "refuse" | "keep"
  sheet?: string
  encoding?: string
  delimiter?: string
  headerless?: boolean
  saveMappingAs?: string
  useMapping?: string
}
/** Changes how a file is read and what is done with it. Throws `conflict` once it is under way or done. */
export async function changeImport(ctx: Context, id: string, patch: ImportPatch): Promise<ImportRow> {
  const upload = await fetchUpload(ctx, id, patch)
  const row = await getImport(ctx, id, { lock: true })
  if (!isOpen(row))
    throw new AppError("conflict", {
      detail: "This import is under way or done and can't be changed any more.",
    })
  let next = await lookAgain(ctx, row, patch, upload)
  if (patch.useMapping) next = await applyMapping(ctx, next, patch.useMapping)
  if (patch.columns) next = { ...next, columns: await changeColumns(ctx, next, patch.columns, upload) }
  if (patch.repairs) next = withRepairs(next, patch.repairs)
  if (patch.decisions) next = withDecisions(next, patch.decisions)
  if (patch.duplicates) next = { ...next, duplicates: patch.duplicates }
  if (patch.unreadable) next = { ...next, unreadable: patch.unreadable }
  if (patch.saveMappingAs) next = await keepMapping(ctx, next, patch.saveMappingAs)
  const { id: _, ...changes } = next
  const isSame = Object.keys(patch).every((key) => key === "saveMappingAs")
  // What was counted no longer holds; problems and twins stay to be looked at until the next check.
  await updateImport(
    ctx,
    id,
    isSame ? changes : { ...changes, status: "recognised", counts: null, error: null },
  )
  return getImport(ctx, id)
}

/** Where the upload can be read, for what has it read anew. Fetched before anything is open here. */
async function fetchUpload(ctx: Context, id: string, patch: ImportPatch): Promise<string | undefined> {
  if (!isReadAnew(patch) && !patch.columns?.some(({ target }) => target)) return undefined
  const { workspaceId, services } = ctx
  const hash = await transaction(services.database, { role: "regulars_app", workspaceId }, async (tx) => {
    const apart = { ...ctx, tx }
    return uploadHash(apart, await getImport(apart, id))
  })
  return services.contents.pathOf(hash)
}
/** Whether something about the reading of the whole file was said. */
function isReadAnew({ sheet, encoding, delimiter, headerless, entity }: ImportPatch): boolean {
  return [sheet, encoding, delimiter, headerless, entity].some((value) => value !== undefined)
}
/** Reads the file anew when something about its reading was said: what was mapped before no longer fits. */
async function lookAgain(
  ctx: Context,
  row: ImportRow,
  patch: ImportPatch,
  upload: string | undefined,
): Promise<ImportRow> {
  const { sheet, encoding, delimiter, headerless, entity } = patch
  if (upload === undefined || !isReadAnew(patch) || entity === row.entity) return row
  const given = Object.fromEntries(
    Object.entries({ sheet, encoding, delimiter }).filter(([, value]) => value !== undefined),
  )
  const chosen = { ...row.details.chosen, ...given }
  const look = {
    entity: importableEntity(ctx, entity ?? row.entity),
    chosen,
    headerless: headerless ?? row.details.headerless,
  }
  const recognised = await recognise(ctx, upload, look)
  const { bytes } = row.details
  return {
    ...row,
    ...recognised,
    details: { ...recognised.details, bytes },
    mappingName: null,
    repairs: {},
    decisions: {},
    problems: [],
    problemGroups: [],
    twins: [],
  }
}

async function changeColumns(
  ctx: Context,
  row: ImportRow,
  changes: NonNullable<ImportPatch["columns"]>,
  upload: string | undefined,
): Promise<ImportColumn[]> {
  const columns = [...row.columns]
  const entity = importableEntity(ctx, row.entity)
  for (const [position, change] of changes.entries()) {
    const column = columns[change.index]
    const path = `columns.${position}`
    if (!column) throw invalid(`${path}.index`, "invalid_value", "is not a column of this file")
    const next = { ...column, ...withoutUndefined(change), ask: false }
    if (change.target !== undefined && JSON.stringify(change.target) !== JSON.stringify(column.target)) {
      refuseTarget(change.target, entity, row, path)
      next.reason = "chosen"
      next.confidence = 1
      const isWritten = next.dateOrder || next.decimal
      if (upload !== undefined && change.target && !isWritten && row.format !== "vcard")
        Object.assign(next, await writingOf(upload, row, entity, next))
    }
    if (change.dateOrder) next.suggestedDateOrder = null
    columns[change.index] = next
  }
  suggestOrders(columns, `${ctx.language}-${ctx.country}`)
  return columns
}
function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T
}
function refuseTarget(
  target: ImportTarget | null,
  entity: EntityDeclaration,
  row: ImportRow,
  path: string,
): void {
  if (target === null || placeOf(entity, target)) return
  // Columns of an export of ours name the fields themselves.
  const isField = row.columns.some((column) => isOwn(column)) && Object.hasOwn(entity.fields, target.field)
  if (!isField) throw invalid(`${path}.target.field`, "unknown_field", "is not a place where a column can go")
}

function withRepairs(row: ImportRow, given: NonNullable<ImportPatch["repairs"]>): ImportRow {
  const repairs: Record<string, Record<string, string>> = { ...row.repairs }
  for (const { line, column, value } of given) repairs[line] = { ...repairs[line], [column]: value }
  const isRepaired = (line: number, column: number | null) =>
    column !== null && repairs[line]?.[column] !== undefined
  return { ...row, repairs, problems: row.problems.filter(({ line, column }) => !isRepaired(line, column)) }
}
function withDecisions(row: ImportRow, given: NonNullable<ImportPatch["decisions"]>): ImportRow {
  const decisions = { ...row.decisions }
  for (const { line, decision } of given) {
    if (decision) decisions[line] = decision
    else delete decisions[line]
  }
  return { ...row, decisions }
}

async function applyMapping(ctx: Context, row: ImportRow, id: string): Promise<ImportRow> {
  const mapping = await findMapping(ctx, id)
  if (!mapping) throw notFound()
  if (mapping.entity !== row.entity)
    throw invalid("useMapping", "invalid_value", "is a mapping for something else than this import")
  return { ...row, columns: withMapping(row.columns, mapping), mappingName: mapping.name }
}
async function keepMapping(ctx: Context, row: ImportRow, name: string): Promise<ImportRow> {
  const columns = row.columns.map(({ header, target, dateOrder, decimal, onUpdate }) => ({
    header,
    target,
    dateOrder,
    decimal,
    onUpdate,
  }))
  await saveMapping(ctx, {
    id: newId(ctx.now().getTime()),
    name,
    entity: row.entity,
    headers: row.details.headers,
    columns,
  })
  return { ...row, mappingName: name }
}
