import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { AppError, invalid, notFound } from "../errors.ts"
import { newId } from "../ids.ts"
import { followLinks } from "../own-fields/rollups.ts"
import { registryWithin } from "../own-fields/workspace-registry.ts"
import { announce } from "./announce.ts"
import { recordset, type StoredRecord, table, type Values } from "./columns.ts"
import { dropFromIndexes } from "./indexes.ts"
import { recordsLinking } from "./linking.ts"
import { mergedValues } from "./merge-values.ts"
import { alreadyMerged, mergedInto } from "./merged.ts"
import { type Merge, moveRows } from "./moved-rows.ts"
import { applyPatch, type RecordChange } from "./plan-updates.ts"
import { getRecords, idsWithin, requireWithin } from "./read.ts"
import { referringFields } from "./reference-rules.ts"
import { replaceReferences } from "./replace-references.ts"
import { ownFieldIds, writeChanges } from "./update.ts"

export interface MergeRequest {
  /** The record that stays. */
  keep: string
  /** Those that become part of it. */
  merge: readonly string[]
  /** By field: the record whose value is taken, where it is not to be the kept one's. */
  fields?: Readonly<Record<string, string>>
}

/**
 * Makes one record of several, in the caller's transaction, which must be alone in its workspace (`alone` of an
 * endpoint or job): chooses the values, moves everything that points at the others to the one that is kept, and keeps
 * the way back. Returns the record that is kept. Throws `not_found` for an unknown record, `forbidden` for one that is not
 * the caller's to change and delete, `conflict` with `mergedInto` for one that was merged before, `validation_failed` for the same one twice or a choice that can't be.
 */
export async function mergeRecords(
  asked: Context,
  declared: EntityDeclaration,
  request: MergeRequest,
  { operationId }: { operationId: string },
): Promise<StoredRecord> {
  if (!asked.tx.alone) throw new Error("records are merged by an endpoint or a job that is alone")
  // With its own fields, the removed ones, too: what they hold is there when they are restored.
  const { entity: find } = await registryWithin(asked, { withRemoved: true })
  const entity = find(declared.name) ?? declared
  for (const action of ["update", "delete"])
    if (!asked.permissions.has(`${entity.name}:${action}`))
      throw new AppError("forbidden", { detail: "Your role does not allow this." })
  const [survivor, ...others] = await readAll(asked, entity, [request.keep, ...request.merge])
  await requireWithin(asked, entity, [request.keep, ...request.merge], "edit")
  await requireWithin(asked, entity, request.merge, "delete")
  // What points at the records moves along, whoever sees it.
  const ctx: Context = { ...asked, access: undefined }
  const merge: Merge = {
    id: newId(ctx.now().getTime()),
    entity,
    survivorId: request.keep,
    otherIds: request.merge,
    operationId,
  }
  const change = changeOf(ctx, merge, [survivor as StoredRecord, ...others], request.fields ?? {})
  keepRemains(ctx, merge)
  moveRows(ctx, merge)
  for (const one of ctx.registry.entities) await moveLinks(ctx, merge, one)
  await writeChanges(ctx, entity, [change], {
    kind: "merge",
    operationId,
    data: { merged: [...request.merge] },
  })
  noteParts(ctx, merge.id, entity, [change])
  await followLinks(
    ctx,
    entity,
    others.map((before) => ({ before })),
  )
  dropFromIndexes(ctx, request.merge)
  ctx.tx.write(
    sql`delete from ${table(entity)} where workspace_id = ${ctx.workspaceId} and id = any (${merge.otherIds}::uuid[])`,
  )
  // A version further than any page knows, so that whoever looks at one of them asks again.
  const gone = others.map((record) => ({ ...record, version: record.version + 1 }))
  announce(ctx, entity, gone, { mayLeave: true })
  return change.after
}

async function readAll(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
): Promise<StoredRecord[]> {
  ids.forEach((id, index) => {
    if (ids.indexOf(id) !== index)
      throw invalid(`merge.${index - 1}`, "duplicate", "names a record that is there twice")
  })
  const found = new Map(
    (await getRecords(ctx, entity, ids, { lock: true })).map((record) => [record.id, record]),
  )
  const missing = ids.filter((id) => !found.has(id))
  const [[id, into] = []] = [...(await mergedInto(ctx, missing))]
  if (id !== undefined && into !== undefined && (await idsWithin(ctx, entity, [into], "see")).has(into))
    throw alreadyMerged(id, into)
  if (missing.length > 0) throw notFound()
  return ids.map((one) => found.get(one) as StoredRecord)
}

/** What becomes of the survivor: its values chosen, no link to one of those that become part of it. */
function changeOf(
  ctx: Context,
  { entity, survivorId, otherIds }: Merge,
  records: readonly [StoredRecord, ...StoredRecord[]],
  chosen: Readonly<Record<string, string>>,
): RecordChange {
  const [survivor, ...others] = records
  const rules = ctx.registry.rules(entity.name)
  const own = mergedValues(entity, survivor, others, chosen)
  const values = rules.merge?.(own, records) ?? own
  const all = { ...survivor, ...values }
  const isItself = (id: string) => id === survivorId || otherIds.includes(id)
  const inward = replaceReferences(ctx.registry, entity, all, (target, id) =>
    target === entity.name && isItself(id) ? null : id,
  )
  return applyPatch(ctx, entity, survivor, { id: survivorId, values: { ...values, ...inward } })
}

function keepRemains(ctx: Context, { id, entity, survivorId, otherIds, operationId }: Merge): void {
  ctx.tx.write(sql`
    insert into merged_records (workspace_id, entity, id, into_id, merge_id, operation_id, merged_at, record)
    select ${ctx.workspaceId}::uuid, ${entity.name}, r.id, ${survivorId}::uuid, ${id}::uuid, ${operationId}::uuid,
      ${ctx.now().toISOString()}::timestamptz, to_jsonb(r)
    from ${table(entity)} r where r.workspace_id = ${ctx.workspaceId} and r.id = any (${otherIds}::uuid[])`)
}

/**
 * Turns the links of an entity's records, also of those in the bin, from the others to the survivor, and notes it for
 * the way back. Returns how many records were changed.
 * @param options.late the merge was before: links of the survivor, which would lead to itself, end
 */
export async function moveLinks(
  ctx: Context,
  merge: Merge,
  entity: EntityDeclaration,
  { late = false } = {},
): Promise<number> {
  const { entity: target, survivorId, otherIds, operationId } = merge
  const ids = [survivorId, ...otherIds]
  const keys = referringFields(entity, [target])
  const found = await Promise.all(keys.map((key) => recordsLinking(ctx, entity, key, otherIds)))
  const records = await getRecords(ctx, entity, [...new Set(found.flat())], { deleted: "too", lock: true })
  const changes = records.flatMap((before): RecordChange[] => {
    const isItself = entity.name === target.name && ids.includes(before.id)
    if (isItself && !late) return []
    const values = replaceReferences(ctx.registry, entity, before, (name, id) =>
      name === target.name && otherIds.includes(id) ? (isItself ? null : survivorId) : id,
    )
    const changed = Object.keys(values)
    return changed.length > 0 ? [{ before, after: { ...before, ...values }, keys: changed }] : []
  })
  // What a domain writes behind a change (to which timelines a note belongs) was moved as it stands.
  const withoutAfterWrite = entity.name !== target.name
  await writeChanges(ctx, entity, changes, { kind: "update", operationId, withoutAfterWrite })
  noteParts(ctx, merge.id, entity, changes)
  return changes.length
}
/** A changed record as it is noted for the way back: what was changed, and which version that made. */
export interface ChangedPart extends Record<string, unknown> {
  before: Values & { id: string; version: number }
  after: Values & { id: string; version: number }
}
function noteParts(
  ctx: Context,
  mergeId: string,
  entity: EntityDeclaration,
  changes: readonly RecordChange[],
): void {
  if (changes.length === 0) return
  const parts = changes.map(({ before, after, keys }): ChangedPart => {
    const pick = ({ id, version, ...values }: StoredRecord) => ({
      ...Object.fromEntries(keys.map((key) => [key, values[key] ?? null])),
      id,
      version,
    })
    return { before: pick(before), after: { ...pick(after), ownFields: ownFieldIds(entity, keys) } }
  })
  // Of a merge that can't be taken back any more nothing is kept.
  ctx.tx.write(sql`
    insert into merged_parts (workspace_id, merge_id, reference, before, after)
    select ${ctx.workspaceId}::uuid, ${mergeId}::uuid, ${entity.name}, before, after
    from ${recordset("input", parts, { before: "jsonb", after: "jsonb" })}
    where exists (
      select from merged_records m
      where m.workspace_id = ${ctx.workspaceId} and m.merge_id = ${mergeId} and m.record is not null)`)
}
