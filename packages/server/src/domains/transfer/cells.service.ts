import type { CellChange, CellsAnswer, RefusedCell } from "@regulars/contract/kernel/cells-endpoints.ts"
import { customSchema, patchSchema } from "@regulars/contract/kernel/entity.schema.ts"
import { type EntityDeclaration, fieldOf, isWritable } from "@regulars/contract/kernel/entity.ts"
import { emptyValue, type RecordReference } from "@regulars/contract/kernel/fields.ts"
import { gatherCustom, spreadCustom } from "@regulars/contract/kernel/own-fields.ts"
import { chooseLanguage } from "@regulars/locales/runtime.ts"
import { translatorFor } from "@regulars/locales/server.ts"
import { mayWrite, usableEntity } from "../../kernel/access/usable.ts"
import type { Context } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { AppError } from "../../kernel/errors.ts"
import { validationError } from "../../kernel/http/problem.ts"
import { reportProgress, startOperation } from "../../kernel/operations/operations.ts"
import { takeBackRefused } from "../../kernel/records/apart.ts"
import type { Values } from "../../kernel/records/columns.ts"
import type { Patch } from "../../kernel/records/plan-updates.ts"
import { idsWithin } from "../../kernel/records/read.ts"
import { updateRecords } from "../../kernel/records/update.ts"
import { problemText } from "./import-view.ts"
import { resolveLinks } from "./resolve-links.ts"
import { cellReader } from "./rows/cell-reader.ts"
import type { Draft } from "./rows/draft.ts"

interface Cell {
  id: string
  field: string
  value?: unknown
  draft?: Draft
  refusal?: { code: string; message: string }
}
/** The cells of one record that are left to be written. */
interface Row {
  id: string
  version: number | undefined
  cells: Cell[]
}

/**
 * Writes cells of many records as one operation that can be undone. A cell that can't be read, or is refused, is left
 * as it is and answered with its reason; the others are written.
 */
export async function changeCells(
  ctx: Context,
  entity: EntityDeclaration,
  changes: readonly CellChange[],
): Promise<CellsAnswer> {
  const cells = await readCells(ctx, entity, changes)
  const rows = changes.flatMap(({ id, version }, index): Row[] => {
    const own = (cells[index] ?? []).filter(({ refusal }) => !refusal)
    return own.length > 0 ? [{ id, version, cells: own }] : []
  })
  const { operationId, changed } = await writeRows(ctx, entity, mergedRows(rows))
  const refused = cells.flat().flatMap(({ id, field, refusal }): RefusedCell[] => {
    return refusal ? [{ id, field, ...refusal }] : []
  })
  return { operationId, changed, refused }
}
/** A record that is named twice is written once; the later cell wins. */
function mergedRows(rows: readonly Row[]): Row[] {
  return [...Map.groupBy(rows, ({ id }) => id).values()].map((own) => ({
    ...(own[0] as Row),
    cells: [...new Map(own.flatMap(({ cells }) => cells).map((cell) => [cell.field, cell])).values()],
  }))
}

async function readCells(
  ctx: Context,
  entity: EntityDeclaration,
  changes: readonly CellChange[],
): Promise<Cell[][]> {
  const t = translatorFor(chooseLanguage([ctx.language]))
  const read = textReader(ctx, entity)
  const cells = changes.map(({ id, values, texts }): Cell[] => [
    ...Object.entries(spreadCustom(values ?? {})).map(([field, value]): Cell => ({ id, field, value })),
    ...Object.entries(texts ?? {}).map(([field, text]): Cell => ({ id, field, ...read(field, text) })),
  ])
  for (const cell of cells.flat()) {
    const problem = cell.draft?.problems[0]
    if (!mayWrite(ctx, entity, cell.field)) {
      const isShown = fieldOf(usableEntity(ctx, entity), cell.field) !== undefined
      cell.refusal = {
        code: isShown ? "read_only" : "unknown_field",
        message: "is not a field that can be set",
      }
    } else if (problem) cell.refusal = { code: problem.code, message: problemText(t, problem) }
  }
  const drafts = cells.flat().flatMap(({ draft, refusal }) => (draft && !refusal ? [draft] : []))
  const { pendingOf } = await resolveLinks(ctx, drafts, { entity, source: "", withParents: true })
  const seen = await seenLinks(ctx, drafts)
  const schema = patchSchema(entity, customSchema(entity, { isNew: false }))
  for (const cell of cells.flat()) {
    if (cell.refusal) continue
    if (cell.draft) {
      if (pendingOf.has(cell.draft) || !isLinked(cell.draft, cell.field, seen)) {
        cell.refusal = { code: "link_unknown", message: problemText(t, { code: "link_unknown" }) }
        continue
      }
      cell.value = cell.draft.values[cell.field] ?? emptyValue(entity.fields[cell.field]!)
    }
    const result = schema.safeParse(gatherCustom({ [cell.field]: cell.value }))
    if (!result.success) {
      const [fault] = validationError(result.error, "body").info.errors ?? []
      cell.refusal = { code: fault?.code ?? "invalid", message: fault?.message ?? "can't be accepted" }
    } else cell.value = spreadCustom(result.data as Values)[cell.field]
  }
  return cells
}
/** Ids of what texts named, as far as the caller sees it: nobody learns by a name that somebody else has such a record. */
async function seenLinks(ctx: Context, drafts: readonly Draft[]): Promise<ReadonlySet<string>> {
  const wanted = drafts.flatMap(({ links, about, values }) => [
    ...links.map(({ target, field }) => ({ target, id: values[field] })),
    ...about.flatMap(({ field }) =>
      ((values[field] ?? []) as RecordReference[]).map(({ type, id }) => ({
        target: ctx.registry.entityOfSubject(type)?.name ?? "members",
        id,
      })),
    ),
  ])
  const seen = await Promise.all(
    [...Map.groupBy(wanted, ({ target }) => target)].map(async ([target, own]) => {
      const ids = [...new Set(own.map(({ id }) => id))].filter((id) => typeof id === "string")
      const linked = ctx.registry.entity(target)
      return linked ? [...(await idsWithin(ctx, linked, ids, "see"))] : ids
    }),
  )
  return new Set(seen.flat())
}
/** Whether everything a text named has been found. */
function isLinked({ links, about, values }: Draft, field: string, seen: ReadonlySet<string>): boolean {
  if (links.length > 0) return seen.has(String(values[field]))
  const found = () => ((values[field] ?? []) as RecordReference[]).filter(({ id }) => seen.has(id))
  return about.every(({ names }) => names.length === found().length)
}

type Read = (field: string, text: string) => Pick<Cell, "draft" | "refusal">
function textReader(ctx: Context, entity: EntityDeclaration): Read {
  const habits = habitsOf(`${ctx.language}-${ctx.country}`)
  const context = {
    ...{ entity, habits, country: ctx.country, currency: ctx.currency, zone: ctx.timeZone },
    ...{ source: null, unreadable: "refuse" as const, fileName: "" },
  }
  const readers = new Map<string, ReturnType<typeof cellReader>>()
  return (field, text) => {
    const declared = Object.hasOwn(entity.fields, field) ? entity.fields[field] : undefined
    if (!declared || !isWritable(declared)) return {}
    if (!readers.has(field)) readers.set(field, cellReader(entity, field, context))
    const draft = readers.get(field)?.(text)
    return draft
      ? { draft }
      : { refusal: { code: "not_one_text", message: "has parts that one text does not tell apart" } }
  }
}
function habitsOf(locale: string): { dateOrder: "dmy" | "mdy"; decimal: "," | "." } {
  const date = new Intl.DateTimeFormat(locale).formatToParts(0)
  const isMonthFirst =
    date.findIndex(({ type }) => type === "month") < date.findIndex(({ type }) => type === "day")
  const decimal = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === "decimal")
  return { dateOrder: isMonthFirst ? "mdy" : "dmy", decimal: decimal?.value === "," ? "," : "." }
}

async function writeRows(
  ctx: Context,
  entity: EntityDeclaration,
  rows: readonly Row[],
): Promise<{ operationId: string | null; changed: number }> {
  if (rows.length === 0) return { operationId: null, changed: 0 }
  const operationId = await startOperation(ctx, {
    kind: "bulk",
    entity: entity.name,
    input: { action: "cells" },
    total: rows.length,
  })
  const changed = await writeTogether(ctx, entity, rows, operationId)
  if (changed === 0) {
    await ctx.tx.rows(
      sql`delete from operations where workspace_id = ${ctx.workspaceId} and id = ${operationId}`,
    )
    return { operationId: null, changed }
  }
  const summary = { action: "cells", changed }
  await reportProgress(ctx, operationId, { status: "done", done: rows.length, summary })
  return { operationId, changed }
}
/** All at once where all is well; else one by one, so that a refused record keeps no other from being written. */
async function writeTogether(
  ctx: Context,
  entity: EntityDeclaration,
  rows: readonly Row[],
  operationId: string,
): Promise<number> {
  try {
    const patches = rows.map((row) => patchOf(entity, row))
    const changes = await takeBackRefused(ctx, () => updateRecords(ctx, entity, patches, { operationId }))
    return changes.filter(({ keys }) => keys.length > 0).length
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (rows.length > 1) {
      let changed = 0
      for (const row of rows) changed += await writeTogether(ctx, entity, [row], operationId)
      return changed
    }
    const [row] = rows as [Row]
    const left = refuseNamed(row, error)
    return left.length === 0 ? 0 : writeTogether(ctx, entity, [{ ...row, cells: left }], operationId)
  }
}
/** Refuses the cells an error is about, all of them where it names none, and returns the others. */
function refuseNamed(row: Row, { code, info, message }: AppError): Cell[] {
  const clashes = ((info.details as { fields?: { field: string }[] } | undefined)?.fields ?? []).map(
    ({ field }) => ({ path: field, code, message }),
  )
  const faults = [...(info.errors ?? []), ...clashes]
  const about = ({ field }: Cell) => faults.find(({ path }) => path === field || path.startsWith(`${field}.`))
  const named = row.cells.filter(about)
  for (const cell of named.length > 0 ? named : row.cells) {
    const fault = about(cell) ?? faults[0] ?? { code, message }
    cell.refusal = { code: fault.code, message: fault.message }
  }
  return row.cells.filter(({ refusal }) => !refusal)
}
function patchOf(entity: EntityDeclaration, { id, version, cells }: Row): Patch {
  return {
    id,
    ...(version !== undefined && { baseVersion: version }),
    values: (current) =>
      Object.fromEntries(
        cells.map(({ field, value, draft }) => [
          field,
          draft ? withKnownEntries(entity, field, value, current[field]) : value,
        ]),
      ),
  }
}
/** A text says only what entries of a list are known by: those that stay keep everything else. */
function withKnownEntries(entity: EntityDeclaration, key: string, value: unknown, current: unknown): unknown {
  const field = entity.fields[key]
  if (field?.type !== "list" || !Array.isArray(value)) return value
  const known = (current as Values[] | undefined) ?? []
  return (value as Values[]).map(
    (item) =>
      known.find((entry) => entry[field.key] !== null && entry[field.key] === item[field.key]) ?? item,
  )
}
