import { isDeepStrictEqual } from "node:util"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { isOwnKey } from "@regulars/contract/kernel/own-fields.ts"
import { usableEntity } from "../access/usable.ts"
import type { Context, Subject, WriteKind } from "../context.ts"
import { sql } from "../db/sql.ts"
import { AppError, notFound } from "../errors.ts"
import { emitEvents } from "../events/emit.ts"
import { newId } from "../ids.ts"
import { completeOwn, refuseTaken } from "../own-fields/complete.ts"
import { followLinks } from "../own-fields/rollups.ts"
import { reindexOwnValues, storedCustom } from "../own-fields/values.ts"
import { announce } from "./announce.ts"
import { columnName, columnType, recordset, type StoredRecord, storage, type Values } from "./columns.ts"
import { reindexRecords } from "./indexes.ts"
import type { WriteOptions } from "./insert.ts"
import { referencesIn, settleReferences } from "./links.ts"
import { normaliseValues } from "./normalise.ts"
import { getRecords, requireWithin } from "./read.ts"

export interface Patch {
  id: string
  /** Fields to change, or how to change them given what stands there now, under lock. */
  values: Values | ((current: StoredRecord) => Values)
  /** Version the patch was made from; conflicts are found by field. */
  baseVersion?: number
}
export interface RecordChange {
  before: StoredRecord
  after: StoredRecord
  /** Keys that differ. */
  keys: string[]
}

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

/**
 * What patches come to, in their order, without writing. Throws what `updateRecords` throws, but for values of unique
 * fields that are taken, and for what a domain refuses only once the rows are written.
 */
export async function planUpdates(
  ctx: Context,
  entity: EntityDeclaration,
  patches: readonly Patch[],
  options: Pick<WriteOptions, "trustLinks"> & { isPreview?: boolean } = {},
): Promise<RecordChange[]> {
  const ids = patches.map((patch) => patch.id)
  const found = await getRecords(ctx, entity, ids, { lock: !options.isPreview })
  const current = new Map(found.map((record) => [record.id, record]))
  const prepared = patches.map((patch) => {
    const before = current.get(patch.id)
    if (!before) throw notFound()
    return { patch, before, change: applyPatch(ctx, entity, before, patch) }
  })
  await requireWithin(ctx, entity, [...current.keys()], "edit")
  for (const one of prepared) await refuseConflict(ctx, entity, one)
  const changes = prepared.map(({ change }) => change)
  if (!options.trustLinks) await settleLinks(ctx, entity, changes)
  return changes
}
/** Refuses links that lead nowhere, unless they stood there before, and turns those to merged records. */
async function settleLinks(
  ctx: Context,
  entity: EntityDeclaration,
  all: readonly RecordChange[],
): Promise<void> {
  const changes = all.filter(({ keys }) => keys.length > 0)
  const changed = changes.flatMap(({ after, keys }) =>
    referencesIn(ctx, entity, Object.fromEntries(keys.map((key) => [key, after[key]]))),
  )
  const old = new Set(
    changes
      .flatMap(({ before }) => referencesIn(ctx, entity, before))
      .map(({ target, id }) => `${target}:${id}`),
  )
  await settleReferences(
    ctx,
    entity,
    changes.map(({ after }) => after),
    changed.filter(({ target, id }) => !old.has(`${target}:${id}`)),
  )
  for (const change of changes)
    change.keys = change.keys.filter((key) => !isDeepStrictEqual(change.after[key], change.before[key]))
}

/** What a patch would change, without writing: values normalised and completed by the entity's rules. */
export function applyPatch(
  ctx: Context,
  entity: EntityDeclaration,
  before: StoredRecord,
  patch: Patch,
): RecordChange {
  const given = typeof patch.values === "function" ? patch.values(before) : patch.values
  const normalised = normaliseValues(entity, given, ctx, before)
  const prepare = ctx.registry.rules(entity.name).prepare
  const values = prepare ? prepare(normalised, before, ctx) : normalised
  const after = { ...before, ...values }
  const changed = Object.keys(values).filter((key) => !isDeepStrictEqual(values[key], before[key]))
  const keys = [...changed, ...completeOwn(entity, after, changed)]
  return { before, after, keys }
}

async function refuseConflict(
  ctx: Context,
  entity: EntityDeclaration,
  { patch, before, change }: { patch: Patch; before: StoredRecord; change: RecordChange },
): Promise<void> {
  if (patch.baseVersion === undefined || patch.baseVersion === before.version) return
  const rows = await ctx.tx.rows<{ after: Values; version: number }>(sql`
    select after, version from changes
    where workspace_id = ${ctx.workspaceId} and record_id = ${patch.id} and version > ${patch.baseVersion} order by version`)
  const since = new Set(rows.flatMap((row) => Object.keys(row.after)))
  const usable = usableEntity(ctx, entity)
  // What a formula makes of two changes is nobody's own.
  const clashing = change.keys.filter(
    (key) =>
      since.has(key) && !entity.fields[key]?.formula && (key in usable.fields || !(key in entity.fields)),
  )
  if (clashing.length === 0 && patch.baseVersion < before.version) return
  throw new AppError("version_conflict", {
    detail: "Someone else changed the same field in the meantime.",
    details: {
      version: before.version,
      fields: clashing.map((key) => ({ field: key, theirs: before[key], yours: change.after[key] })),
    },
  })
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
  announce(ctx, entity, after)
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
