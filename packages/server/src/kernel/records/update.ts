import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { isOwnKey } from "@regulars/contract/kernel/own-fields.ts"
import { reachFields } from "../access/policy.ts"
import type { Context, Subject, WriteKind } from "../context.ts"
import { sql } from "../db/sql.ts"
import { emitEvents } from "../events/emit.ts"
import { newId } from "../ids.ts"
import { refuseTaken } from "../own-fields/complete.ts"
import { followLinks } from "../own-fields/rollups.ts"
import { reindexOwnValues, storedCustom } from "../own-fields/values.ts"
import { announce } from "./announce.ts"
import { columnName, columnType, recordset, type StoredRecord, storage, type Values } from "./columns.ts"
import { reindexRecords } from "./indexes.ts"
import type { WriteOptions } from "./insert.ts"
import { type Patch, planUpdates, type RecordChange } from "./plan-updates.ts"

/**
 * Changes records as a set, each by its own patch, under lock: rows, history, one event, both indexes.
 * Records whose values stay the same are not written. Throws `not_found` when one is missing or not the caller's to
 * see, `forbidden` when it is not theirs to change, and `version_conflict`, with both values, when someone changed the same field since `baseVersion`.
 */
export async function updateRecords(
  ctx: Context,
  entity: EntityDeclaration,
  patches: readonly Patch[],
  options: WriteOptions = {},
): Promise<RecordChange[]> {
  const changes = await planUpdates(ctx, entity, patches, options)
  const real = changes.filter(({ keys }) => keys.length > 0)
  await refuseTaken(
    ctx,
    entity,
    real.map(({ after }) => after),
    real.map(({ keys }) => keys),
  )
  await writeChanges(ctx, entity, real, { kind: "update", ...options })
  return changes
}

type ChangeKind = Exclude<WriteKind, "create">
const facts: Record<ChangeKind, string> = {
  update: "updated",
  remove: "removed",
  restore: "restored",
  merge: "merged",
  unmerge: "unmerged",
}
/** Writes prepared changes; all kinds of them share everything but the name of the fact. */
export async function writeChanges(
  ctx: Context,
  entity: EntityDeclaration,
  changes: readonly RecordChange[],
  options: WriteOptions & { kind: ChangeKind; data?: Values },
): Promise<void> {
  const { kind } = options
  if (changes.length === 0) return
  const now = ctx.now().toISOString()
  for (const change of changes) {
    change.after.version = change.before.version + 1
    change.after.updatedAt = now
    if (change.keys.some(isOwnKey)) change.after.custom = storedCustom(entity, change.after)
  }
  const eventId = newId(ctx.now().getTime())
  const rules = ctx.registry.rules(entity.name)
  const [only] = changes.length === 1 ? changes : []
  const linked = (only && kind === "update" && rules.newlyLinked?.(only.after, only.keys)) || []
  const before = changes.map((change) => change.before)
  const after = changes.map((change) => change.after)
  updateRows(ctx, entity, changes)
  insertHistory(ctx, entity, changes, { kind, eventId, operationId: options.operationId ?? null, now })
  if (kind !== "remove" && kind !== "restore") reindexRecords(ctx, entity, before, after)
  reindexOwnValues(ctx, entity, changes)
  emitEvents(ctx, [
    {
      id: eventId,
      type: `${entity.singular}.${facts[kind]}`,
      operationId: options.operationId ?? null,
      data: {
        ids: after.map((record) => record.id),
        fields: [...new Set(changes.flatMap((change) => change.keys))],
        ...options.data,
      },
      subjects: [...after.map((record): Subject => ({ type: entity.singular, id: record.id })), ...linked],
    },
  ])
  if (!options.withoutAfterWrite)
    await rules.afterWrite?.(ctx, {
      kind,
      records: after,
      before,
      operationId: options.operationId ?? null,
    })
  await followLinks(ctx, entity, changes, options)
  const bearing = reachFields(entity)
  announce(ctx, entity, after, { mayLeave: changes.some(({ keys }) => keys.some((key) => bearing.has(key))) })
}

const systemTypes: Record<string, string> = { deletedAt: "timestamptz", custom: "jsonb" }
/** Own fields share a column. */
function columnKeys(keys: readonly string[]): string[] {
  return [...new Set(keys.map((key) => (isOwnKey(key) ? "custom" : key)))].sort()
}
/** One statement per set of changed columns. */
function updateRows(ctx: Context, entity: EntityDeclaration, changes: readonly RecordChange[]): void {
  const groups = Map.groupBy(changes, (change) => columnKeys(change.keys).join(","))
  for (const group of groups.values()) {
    const keys = columnKeys(group[0]?.keys ?? [])
    const types: Record<string, string> = { id: "uuid", version: "int4", updated_at: "timestamptz" }
    for (const key of keys) types[columnName(key)] = systemTypes[key] ?? columnType(entity.fields[key]!)
    const rows = group.map(({ after }) => ({
      id: after.id,
      version: after.version,
      updated_at: after.updatedAt,
      ...Object.fromEntries(keys.map((key) => [columnName(key), after[key]])),
    }))
    const assignments = Object.keys(types)
      .filter((name) => name !== "id")
      .map((name) => sql`${sql.id(name)} = ${sql.ref(`input.${name}`)}`)
    ctx.tx.write(sql`
      update ${storage(entity)} r set ${sql.join(assignments)} from ${recordset("input", rows, types)}
      where r.workspace_id = ${ctx.workspaceId} and r.id = input.id`)
  }
}

interface HistoryEntry {
  kind: ChangeKind
  eventId: string
  operationId: string | null
  now: string
}
function insertHistory(
  ctx: Context,
  entity: EntityDeclaration,
  changes: readonly RecordChange[],
  entry: HistoryEntry,
): void {
  const pick = (record: StoredRecord, keys: readonly string[]) =>
    Object.fromEntries(keys.map((key) => [key, record[key] ?? null]))
  const rows = changes.map(({ before, after, keys }) => ({
    record_id: after.id,
    version: after.version,
    before: pick(before, keys),
    after: pick(after, keys),
    own_fields: ownFieldIds(entity, keys),
  }))
  const types = { record_id: "uuid", version: "int4", before: "jsonb", after: "jsonb", own_fields: "jsonb" }
  const { actor } = ctx
  ctx.tx.write(sql`
    insert into changes (workspace_id, record_id, version, entity, kind, before, after, own_fields, event_id, operation_id, actor_type, actor_id, at)
    select ${ctx.workspaceId}::uuid, record_id, version, ${entity.name}, ${entry.kind}, before, after, own_fields,
      ${entry.eventId}::uuid, ${entry.operationId}::uuid, ${actor.type}, ${actor.memberId}::uuid, ${entry.now}::timestamptz
    from ${recordset("input", rows, types)}`)
}
/** Which own fields are meant by these names now; null for none. What a formula makes is nobody's to put back. */
export function ownFieldIds(
  entity: EntityDeclaration,
  keys: readonly string[],
): Record<string, string> | null {
  const own = keys.flatMap((key) => {
    const { own: { id } = {}, formula } = entity.fields[key] ?? {}
    return id === undefined || formula !== undefined ? [] : [[key, id] as const]
  })
  return own.length === 0 ? null : Object.fromEntries(own)
}
