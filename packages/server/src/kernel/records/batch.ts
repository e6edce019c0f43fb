import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { FieldError } from "@regulars/contract/kernel/errors.ts"
import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { AppError } from "../errors.ts"
import { takenIn } from "../own-fields/complete.ts"
import { type StoredRecord, table, type Values } from "./columns.ts"
import { completeRecord, insertRecords } from "./insert.ts"
import { linkNotFound, type Reference, referencesIn, unknownReferences } from "./links.ts"
import { lookUpForm } from "./lookups.ts"
import { normaliseValues } from "./normalise.ts"
import { applyPatch } from "./plan-updates.ts"
import { getRecords, idsWithin } from "./read.ts"
import { updateRecords } from "./update.ts"

export type MatchOn = "id" | "email" | "phone" | "name"
export interface BatchRow {
  values: Values
  id?: string | undefined
  /** What validation found; a refused row is answered, not written. */
  errors?: FieldError[] | undefined
}
export interface BatchResult {
  index: number
  status: "created" | "updated" | "refused"
  id?: string
  errors?: FieldError[]
}
interface BatchOptions {
  matchOn?: MatchOn | undefined
  atomic: boolean
}
/** What becomes of one record. Rows that hit the same one are applied one after the other, the last one wins. */
interface Target {
  /** Undefined for one that is to be created. */
  before: StoredRecord | undefined
  values: Values
  rows: number[]
  /** The caller sees it and may not change it. */
  isClosed?: boolean
}

/**
 * Creates or, where `matchOn` finds one, updates up to 1,000 records. Rows refused by validation, a rule or a link
 * are left out and answered with their reasons; with `atomic` one refused row refuses all.
 */
export async function writeBatch(
  ctx: Context,
  entity: EntityDeclaration,
  rows: readonly BatchRow[],
  options: BatchOptions,
): Promise<BatchResult[]> {
  const { targets, refused } = await arrange(ctx, entity, rows, options.matchOn)
  if (options.atomic && refused.size > 0)
    throw new AppError("validation_failed", {
      detail: `${refused.size} of ${rows.length} rows can't be accepted; nothing was written.`,
      errors: [...refused]
        .sort(([one], [other]) => one - other)
        .flatMap(([index, errors]) =>
          errors.map((error) => ({
            ...error,
            path: ["rows", index, error.path].filter((part) => part !== "").join("."),
          })),
        )
        .slice(0, 100),
    })
  const results: BatchResult[] = rows.map((_, index) => ({
    index,
    status: "refused",
    errors: refused.get(index) ?? [],
  }))
  const creations = targets.filter(({ before }) => !before)
  const created = await insertRecords(ctx, entity, creations)
  creations.forEach(({ rows: [first, ...further] }, position) => {
    const { id } = created[position] as StoredRecord
    results[first as number] = { index: first as number, status: "created", id }
    for (const index of further) results[index] = { index, status: "updated", id }
  })
  const updates = targets.flatMap(({ before, values, rows: own }) =>
    before ? [{ id: before.id, values, rows: own }] : [],
  )
  for (const { id, rows: own } of updates)
    for (const index of own) results[index] = { index, status: "updated", id }
  await updateRecords(ctx, entity, updates)
  return results
}

/** Which rows become which records, and which are refused for what; nothing is written. */
async function arrange(
  ctx: Context,
  entity: EntityDeclaration,
  rows: readonly BatchRow[],
  matchOn: MatchOn | undefined,
): Promise<{ targets: Target[]; refused: Map<number, FieldError[]> }> {
  const normalised = rows.map((row) => normaliseValues(entity, row.values, ctx))
  const references = normalised.map((values) => referencesIn(ctx, entity, values))
  const keys = rows.map((row, index) => matchKeys(entity, row, normalised[index] as Values, matchOn))
  const missing = new Set((await unknownReferences(ctx, references.flat())).unknown)
  const byKey = await findMatches(ctx, entity, keys.flat(), matchOn)
  const refused = new Map<number, FieldError[]>()
  const targets = new Set<Target>()
  for (const [index, row] of rows.entries()) {
    const own = keys[index] as string[]
    const known = own.map((key) => byKey.get(key)).find((target) => target !== undefined)
    const target = known ?? { before: undefined, values: {}, rows: [] }
    const values = { ...target.values, ...row.values }
    const errors =
      row.errors ??
      (known?.isClosed ? [closed] : undefined) ??
      (matchOn === "id" && own.length > 0 && !known ? [unknownId] : undefined) ??
      faultyLinks(
        ctx,
        entity,
        target.before,
        (references[index] as Reference[]).filter((one) => missing.has(one)),
      ) ??
      faultOf(() => recordOf(ctx, entity, { ...target, values }))
    if (errors) {
      refused.set(index, errors)
      continue
    }
    target.values = values
    target.rows.push(index)
    targets.add(target)
    for (const key of own) if (!byKey.has(key)) byKey.set(key, target)
  }
  await refuseTakenRows(ctx, entity, targets, refused)
  return { targets: [...targets], refused }
}
/** Of rows with the same value of a unique field the first stays. */
async function refuseTakenRows(
  ctx: Context,
  entity: EntityDeclaration,
  targets: Set<Target>,
  refused: Map<number, FieldError[]>,
): Promise<void> {
  if (!Object.values(entity.fields).some((field) => field.unique)) return
  const all = [...targets]
  const records = all.map((target) => recordOf(ctx, entity, target))
  for (const { index, error } of await takenIn(ctx, entity, records)) {
    const target = all[index] as Target
    targets.delete(target)
    for (const row of target.rows) refused.set(row, [...(refused.get(row) ?? []), error])
  }
}
function recordOf(ctx: Context, entity: EntityDeclaration, { before, values }: Target): StoredRecord {
  return before
    ? applyPatch(ctx, entity, before, { id: before.id, values }).after
    : completeRecord(ctx, entity, { values })
}

const closed = { path: "", code: "forbidden", message: "matches a record that is not yours to change" }
const unknownId = { path: "id", code: "not_found", message: "is the id of no record that is there" }

/** What a rule of the entity's refuses. */
function faultOf(apply: () => unknown): FieldError[] | undefined {
  try {
    apply()
    return undefined
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.info.errors ?? [{ path: "", code: error.code, message: error.message }]
  }
}
/** A link that stood there before may stay, whatever has become of its record. */
function faultyLinks(
  ctx: Context,
  entity: EntityDeclaration,
  before: StoredRecord | undefined,
  missing: readonly Reference[],
): FieldError[] | undefined {
  const old = before ? referencesIn(ctx, entity, before) : []
  const fresh = missing.filter(({ target, id }) => !old.some((one) => one.target === target && one.id === id))
  return fresh.length === 0 ? undefined : fresh.map(linkNotFound)
}

const matchFields: Record<Exclude<MatchOn, "id">, { field: string; part: string }> = {
  email: { field: "emails", part: "address" },
  phone: { field: "phones", part: "number" },
  name: { field: "name", part: "" },
}
/** The records there are by what rows are matched on, under lock. */
async function findMatches(
  ctx: Context,
  entity: EntityDeclaration,
  keys: readonly string[],
  matchOn: MatchOn | undefined,
): Promise<Map<string, Target>> {
  if (matchOn === undefined || keys.length === 0) return new Map()
  const wanted = [...new Set(keys)]
  const found =
    matchOn === "id"
      ? wanted.map((id) => ({ id, value: id }))
      : await ctx.tx.rows<{ id: string; value: string }>(sql`
          select v.record_id as id, v.value from record_values v
          join ${table(entity, "r")} on r.workspace_id = v.workspace_id and r.id = v.record_id and r.deleted_at is null
          where v.workspace_id = ${ctx.workspaceId} and v.entity = ${entity.name} and v.field = ${matchFields[matchOn].field} and v.value = any (${wanted}::text[])
          order by r.created_at desc, r.id desc`)
  const ids = [...new Set(found.map(({ id }) => id))]
  const records = await getRecords(ctx, entity, ids, { lock: true })
  const within = await idsWithin(ctx, entity, ids, "edit")
  const targets = new Map(
    records.map((before): [string, Target] => [
      before.id,
      { before, values: {}, rows: [], isClosed: !within.has(before.id) },
    ]),
  )
  return new Map(
    found.flatMap(({ id, value }): [string, Target][] => {
      const target = targets.get(id)
      return target ? [[value, target]] : []
    }),
  )
}
function matchKeys(
  entity: EntityDeclaration,
  row: BatchRow,
  normalised: Values,
  matchOn: MatchOn | undefined,
): string[] {
  if (matchOn === undefined) return []
  if (matchOn === "id") return row.id === undefined ? [] : [row.id]
  const { field, part } = matchFields[matchOn]
  const declared = entity.fields[field]
  const value = normalised[field]
  if (!declared || value === undefined || value === null) return []
  if (declared.type !== "list") return [lookUpForm(declared.type, String(value))]
  return (value as Values[]).flatMap((item) =>
    typeof item[part] === "string" ? [lookUpForm(declared.item[part]?.type ?? "text", item[part])] : [],
  )
}
