import type { Readable } from "node:stream"
import { companies, people } from "@regulars/contract/domains/people.ts"
import type {
  ImportColumn,
  ImportTarget,
  TwinDecision,
} from "@regulars/contract/domains/transfer.endpoints.ts"
import { chooseLanguage } from "@regulars/locales/runtime.ts"
import { translatorFor } from "@regulars/locales/server.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, invalid, notFound } from "../../kernel/errors.ts"
import { largestUpload } from "../../kernel/http/server.ts"
import { newId } from "../../kernel/ids.ts"
import { enqueue } from "../../kernel/jobs/enqueue.ts"
import { cancelOperation, startOperation } from "../../kernel/operations/operations.ts"
import { startUndo } from "../../kernel/operations/undo.ts"
import { filePath, openFile, storeStream } from "../files/index.ts"
import { FormatError } from "./formats/format-error.ts"
import {
  deleteMapping,
  findImport,
  findMapping,
  type ImportEntity,
  type ImportRow,
  insertImport,
  listImports,
  listMappings,
  type MappingRow,
  mappingForHeaders,
  saveMapping,
  updateImport,
} from "./imports.queries.ts"
import { dateOrderOf, type Look, recogniseFile } from "./recognise-file.ts"
import { isOwn } from "./rows/draft.ts"
import { isKnownTarget } from "./rows/row-steps.ts"

export async function getImport(
  ctx: Context,
  id: string,
  options: { lock?: boolean } = {},
): Promise<ImportRow> {
  const row = await findImport(ctx, id, options)
  if (!row) throw notFound()
  return row
}

/** Takes an upload in and recognises it. Throws `unsupported_format` with what to do about it. */
export async function createImport(
  ctx: Context,
  upload: { stream: Readable; name: string },
  entity: ImportEntity | undefined,
): Promise<ImportRow> {
  const file = await storeStream(ctx, upload.stream, upload.name, { limit: largestUpload })
  const recognised = await recogniseFile(filePath(ctx.services, file.hash), lookOf(ctx, { entity })).catch(
    refuse,
  )
  const id = newId(ctx.now().getTime())
  const mapping = await mappingForHeaders(ctx, recognised.details.headers)
  const known = mapping && (entity === undefined || mapping.entity === entity) ? mapping : undefined
  await insertImport(ctx, {
    ...recognised,
    ...(known && {
      entity: known.entity,
      columns: withMapping(recognised.columns, known),
      mappingName: known.name,
    }),
    details: { ...recognised.details, bytes: file.size },
    id,
    status: "recognised",
    fileId: file.id,
    fileName: file.name,
    createdBy: ctx.actor.memberId,
    createdAt: ctx.now().toISOString(),
  })
  return getImport(ctx, id)
}
function lookOf(ctx: Context, given: Partial<Look>): Look {
  return {
    chosen: {},
    locale: `${ctx.language}-${ctx.country}`,
    t: translatorFor(chooseLanguage([ctx.language])),
    ...given,
  }
}
function refuse(error: unknown): never {
  if (!(error instanceof FormatError)) throw error
  const { remedy, ...details } = error.details
  throw new AppError(error.code, {
    detail: remedy ? `${error.message}. ${remedy}.` : `${error.message}.`,
    details: { ...details, ...(remedy && { remedy }) },
  })
}

/** Where the upload of an import lies. Throws `conflict` when it has been let go. */
export async function uploadPath(ctx: Context, { fileId }: Pick<ImportRow, "fileId">): Promise<string> {
  if (!fileId)
    throw new AppError("conflict", { detail: "The file of this import is no longer kept. Upload it again." })
  const { file, stream } = await openFile(ctx, fileId)
  stream.destroy()
  return filePath(ctx.services, file.hash)
}

export interface ImportPatch {
  entity?: ImportEntity
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
  const row = await getImport(ctx, id, { lock: true })
  if (row.status !== "recognised" && row.status !== "checked")
    throw new AppError("conflict", {
      detail: "This import is under way or done and can't be changed any more.",
    })
  let next = await lookAgain(ctx, row, patch)
  if (patch.useMapping) next = await applyMapping(ctx, next, patch.useMapping)
  if (patch.columns) next = { ...next, columns: await changeColumns(ctx, next, patch.columns) }
  if (patch.repairs) next = withRepairs(next, patch.repairs)
  if (patch.decisions) next = withDecisions(next, patch.decisions)
  if (patch.duplicates) next = { ...next, duplicates: patch.duplicates }
  if (patch.unreadable) next = { ...next, unreadable: patch.unreadable }
  if (patch.saveMappingAs) next = await keepMapping(ctx, next, patch.saveMappingAs)
  const { id: _, ...changes } = next
  const isSame = Object.keys(patch).every((key) => key === "saveMappingAs")
  // What was counted no longer holds; problems and twins stay to be looked at until the next check.
  await updateImport(ctx, id, isSame ? changes : { ...changes, status: "recognised", counts: null })
  return getImport(ctx, id)
}

/** Reads the file anew when something about its reading was said: what was mapped before no longer fits. */
async function lookAgain(ctx: Context, row: ImportRow, patch: ImportPatch): Promise<ImportRow> {
  const { sheet, encoding, delimiter, headerless, entity } = patch
  const said = { sheet, encoding, delimiter, headerless, entity }
  if (Object.values(said).every((value) => value === undefined) || entity === row.entity) return row
  const given = Object.fromEntries(
    Object.entries({ sheet, encoding, delimiter }).filter(([, value]) => value !== undefined),
  )
  const chosen = { ...row.details.chosen, ...given }
  const look = lookOf(ctx, {
    entity: entity ?? row.entity,
    chosen,
    headerless: headerless ?? row.details.headerless,
  })
  const recognised = await recogniseFile(await uploadPath(ctx, row), look).catch(refuse)
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

const dateTargets = [
  "birthday",
  "dates.date",
  "createdAt",
  "consent.optIn",
  "consent.optOut",
  "consent.optInDate",
  "consent.optOutDate",
]
function idOf({ field, part }: ImportTarget): string {
  return part === undefined ? field : `${field}.${part}`
}
async function changeColumns(
  ctx: Context,
  row: ImportRow,
  changes: NonNullable<ImportPatch["columns"]>,
): Promise<ImportColumn[]> {
  const columns = [...row.columns]
  for (const [position, change] of changes.entries()) {
    const column = columns[change.index]
    const path = `columns.${position}`
    if (!column) throw invalid(`${path}.index`, "invalid_value", "is not a column of this file")
    const next = { ...column, ...withoutUndefined(change), ask: false }
    if (change.target !== undefined && JSON.stringify(change.target) !== JSON.stringify(column.target)) {
      refuseTarget(change.target, row, path)
      next.reason = "chosen"
      next.confidence = 1
      const isDate = change.target && dateTargets.includes(idOf(change.target))
      if (isDate && !next.dateOrder && row.format !== "vcard")
        next.dateOrder = await dateOrderOf(await uploadPath(ctx, row), row, change.index)
    }
    if (change.dateOrder) next.suggestedDateOrder = null
    columns[change.index] = next
  }
  return columns
}
function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T
}
function refuseTarget(target: ImportTarget | null, row: ImportRow, path: string): void {
  if (target === null || target.field === "ignore" || isKnownTarget(target)) return
  const entity = row.entity === "people" ? people : companies
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

function withMapping(columns: readonly ImportColumn[], mapping: MappingRow): ImportColumn[] {
  const saved = new Map(mapping.columns.map((column) => [column.header, column]))
  return columns.map((column) => {
    const own = saved.get(column.header)
    if (!own) return column
    const { target, dateOrder, decimal, onUpdate } = own
    return {
      ...column,
      target,
      dateOrder: dateOrder ?? column.dateOrder,
      decimal,
      onUpdate,
      ask: false,
      reason: "saved",
      confidence: 1,
    }
  })
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

/** Starts reading the whole file without writing. Throws when a date column still waits for an answer. */
export async function startCheck(ctx: Context, id: string): Promise<ImportRow> {
  const row = await getImport(ctx, id, { lock: true })
  refuseUnready(row)
  await updateImport(ctx, id, {
    status: "checking",
    counts: null,
    problems: [],
    problemGroups: [],
    twins: [],
    position: 0,
    error: null,
    jobToken: null,
  })
  await enqueue(ctx, "imports.check", { importId: id }, { key: `import:${id}` })
  return getImport(ctx, id)
}
/** Starts importing as an operation. */
export async function startRun(ctx: Context, id: string): Promise<ImportRow> {
  const row = await getImport(ctx, id, { lock: true })
  refuseUnready(row)
  for (const action of ["create", "update"] as const)
    if (!ctx.permissions.has(`${row.entity}:${action}`))
      throw new AppError("forbidden", {
        detail: "Your role does not allow this. Ask an administrator of the workspace.",
      })
  const total = row.counts?.rows ?? row.total
  const operationId = await startOperation(ctx, {
    kind: "import",
    entity: row.entity,
    input: { importId: id, fileName: row.fileName },
    total,
  })
  await updateImport(ctx, id, {
    status: "running",
    operationId,
    counts: null,
    position: 0,
    total,
    error: null,
    jobToken: null,
  })
  await enqueue(ctx, "imports.run", { importId: id }, { key: `import:${id}` })
  return getImport(ctx, id)
}
function refuseUnready(row: ImportRow): void {
  if (row.status !== "recognised" && row.status !== "checked")
    throw new AppError("conflict", { detail: "This import is under way or done already." })
  const waiting = row.columns.filter(
    (column) =>
      column.dateOrder === "ambiguous" && column.target && dateTargets.includes(idOf(column.target)),
  )
  if (waiting.length > 0)
    throw new AppError("validation_failed", {
      detail: "Say for each column of dates whether day or month comes first.",
      errors: waiting.map(({ index, header }) => ({
        path: `columns.${index}.dateOrder`,
        code: "date_order_needed",
        message: `the dates of "${header.slice(0, 60)}" can be read in two ways`,
      })),
    })
}

/** Stops a check or a run; what a run has imported stays and can be undone. */
export async function cancelImport(ctx: Context, id: string): Promise<ImportRow> {
  const row = await getImport(ctx, id)
  if (row.operationId) await cancelOperation(ctx, row.operationId)
  else if (row.status === "checking")
    await updateImport(ctx, id, { status: "recognised", jobToken: null, position: 0 })
  else throw new AppError("conflict", { detail: "There is nothing under way to stop." })
  return getImport(ctx, id)
}
export async function undoImport(ctx: Context, id: string): Promise<ImportRow> {
  const row = await getImport(ctx, id)
  if (!row.operationId)
    throw new AppError("conflict", { detail: "This import has not run: there is nothing to undo." })
  await startUndo(ctx, row.operationId)
  return getImport(ctx, id)
}

const mostShown = 50
export async function recentImports(ctx: Context): Promise<ImportRow[]> {
  return listImports(ctx, mostShown)
}
export async function savedMappings(ctx: Context): Promise<MappingRow[]> {
  return listMappings(ctx)
}
export async function forgetMapping(ctx: Context, id: string): Promise<void> {
  if (!(await deleteMapping(ctx, id))) throw notFound()
}
