import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { mayWrite, usableEntity } from "../access/usable.ts"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { computeFormulas, surelyTaken, type Taken, takenIn } from "../own-fields/complete.ts"
import type { Apart, Refusal } from "./apart.ts"
import type { StoredRecord } from "./columns.ts"
import { hideFromSearch, writeSearchEntries } from "./indexes.ts"
import type { WriteOptions } from "./insert.ts"
import type { RecordChange } from "./plan-updates.ts"
import { getRecords, requireWithin } from "./read.ts"
import { writeChanges } from "./update.ts"

function idsOf(records: readonly StoredRecord[]): string[] {
  return records.map(({ id }) => id)
}
/**
 * Moves records to the bin. Those already there, or unknown, are left alone; returns the ones that moved. Throws
 * `forbidden` for one the caller sees and may not delete.
 */
export async function removeRecords(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
  options: WriteOptions = {},
): Promise<StoredRecord[]> {
  const records = await getRecords(ctx, entity, ids, { lock: true })
  if (records.length === 0) return []
  await requireWithin(ctx, entity, idsOf(records), "delete")
  const deletedAt = ctx.now().toISOString()
  const changes = records.map(
    (before): RecordChange => ({ before, after: { ...before, deletedAt }, keys: ["deletedAt"] }),
  )
  hideFromSearch(ctx, idsOf(records))
  await writeChanges(ctx, entity, changes, { kind: "remove", ...options })
  return changes.map((change) => change.after)
}

export interface RestoreOptions extends WriteOptions {
  /** Values of unique fields that others hold meanwhile are left out, instead of keeping the record in the bin. */
  withoutTaken?: boolean
}
/**
 * Brings records back from the bin; those that are not there are left alone. Throws `value_taken`, with who holds it,
 * for a value of a unique field that another record holds meanwhile.
 */
export async function restoreRecords(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
  options: RestoreOptions = {},
): Promise<StoredRecord[]> {
  const records = await getRecords(ctx, entity, ids, { lock: true, deleted: "only" })
  if (records.length === 0) return []
  await requireWithin(ctx, entity, idsOf(records), "delete")
  const changes = records.map(outOfBin)
  const restored = changes.map((change) => change.after)
  const taken = await takenIn(ctx, entity, restored)
  const mayGo = taken.every(({ error }) => mayWrite(ctx, entity, error.path))
  if (taken.length > 0 && !(options.withoutTaken && mayGo))
    throw await valueTaken(ctx, { entity, records: restored, mayGo }, taken)
  leaveOut(entity, changes, taken)
  return bringBack(ctx, entity, changes, options)
}
/**
 * The same for those that can come back; the others stay in the bin, each named with the fields whose values others
 * hold, as far as the caller sees these.
 */
export async function restoreEach(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
  options: WriteOptions = {},
): Promise<Apart<string, StoredRecord>> {
  const records = await getRecords(ctx, entity, ids, { lock: true, deleted: "only" })
  await requireWithin(ctx, entity, idsOf(records), "delete")
  const taken = await takenIn(ctx, entity, records)
  if (taken.length === 0)
    return { results: await bringBack(ctx, entity, records.map(outOfBin), options), refused: [] }
  const { fields } = usableEntity(ctx, entity)
  const faults = surelyTaken(taken, records)
  const refused = [...faults].map(([item, all]): Refusal<string> => {
    const errors = all.filter(({ path }) => path in fields)
    return { item, error: new AppError("value_taken", { errors }) }
  })
  const others = idsOf(records).filter((id) => !faults.has(id))
  const rest = await restoreEach(ctx, entity, others, options)
  return { results: rest.results, refused: [...refused, ...rest.refused] }
}
function outOfBin(before: StoredRecord): RecordChange {
  return { before, after: { ...before, deletedAt: null }, keys: ["deletedAt"] }
}
async function bringBack(
  ctx: Context,
  entity: EntityDeclaration,
  changes: readonly RecordChange[],
  options: WriteOptions,
): Promise<StoredRecord[]> {
  const restored = changes.map((change) => change.after)
  writeSearchEntries(ctx, entity, restored)
  await writeChanges(ctx, entity, changes, { kind: "restore", ...options })
  return restored
}

/** Empties values of unique fields that are taken, and computes anew what is made of them. */
export function leaveOut(
  entity: EntityDeclaration,
  changes: readonly RecordChange[],
  taken: readonly Taken[],
): void {
  for (const [index, own] of Map.groupBy(taken, (one) => one.index)) {
    const change = changes[index] as RecordChange
    for (const { error } of own) change.after[error.path] = null
    const computed = computeFormulas(entity, change.after)
    change.keys = [...new Set([...change.keys, ...own.map(({ error }) => error.path), ...computed])]
  }
}

/** Names the records that hold the values, as far as the caller sees them. */
async function valueTaken(
  ctx: Context,
  { entity, records, mayGo }: { entity: EntityDeclaration; records: readonly StoredRecord[]; mayGo: boolean },
  taken: readonly Taken[],
): Promise<AppError> {
  const keys = ["id", entity.title]
  const holders = await getRecords(ctx, entity, [...new Set(taken.map(({ holderId }) => holderId))], { keys })
  const nameOf = new Map(holders.map((holder) => [holder.id, String(holder[entity.title] ?? "")]))
  const { fields } = usableEntity(ctx, entity)
  const shown = taken.filter(({ error }) => error.path in fields)
  return new AppError("value_taken", {
    detail: "Another record holds the same value meanwhile.",
    errors: shown.map(({ error }) => error),
    details: {
      /** Whether the caller may leave the values out: these are fields they may write. */
      withoutTaken: mayGo,
      taken: shown.map(({ index, error: { path }, holderId }) => ({
        id: records[index]?.id,
        field: path,
        value: records[index]?.[path],
        holder: nameOf.has(holderId) ? { id: holderId, name: nameOf.get(holderId) } : null,
      })),
    },
  })
}
