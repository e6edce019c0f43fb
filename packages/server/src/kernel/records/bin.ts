import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../context.ts"
import { refuseTaken } from "../own-fields/complete.ts"
import type { StoredRecord } from "./columns.ts"
import { hideFromSearch, writeSearchEntries } from "./indexes.ts"
import type { WriteOptions } from "./insert.ts"
import { getRecords, requireWithin } from "./read.ts"
import { type RecordChange, writeChanges } from "./update.ts"

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

/** Brings records back from the bin; those that are not there are left alone. */
export async function restoreRecords(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
  options: WriteOptions = {},
): Promise<StoredRecord[]> {
  const records = await getRecords(ctx, entity, ids, { lock: true, deleted: "only" })
  if (records.length === 0) return []
  await requireWithin(ctx, entity, idsOf(records), "delete")
  const changes = records.map(
    (before): RecordChange => ({ before, after: { ...before, deletedAt: null }, keys: ["deletedAt"] }),
  )
  const restored = changes.map((change) => change.after)
  await refuseTaken(ctx, entity, restored)
  writeSearchEntries(ctx, entity, restored)
  await writeChanges(ctx, entity, changes, { kind: "restore", ...options })
  return restored
}
