import { isDeepStrictEqual } from "node:util"
import { type EntityDeclaration, fieldOf } from "@regulars/contract/kernel/entity.ts"
import {
  type Field,
  type RecordReference,
  type Rollup,
  rollupSource,
} from "@regulars/contract/kernel/fields.ts"
import type { Context, JobHandler, Registry } from "../context.ts"
import { allOf, type Sql, sql } from "../db/sql.ts"
import { enqueue, enqueueAll, takeJobs } from "../jobs/enqueue.ts"
import { column, type StoredRecord, table } from "../records/columns.ts"
import { linking } from "../records/linking.ts"
import { getRecords } from "../records/read.ts"
import { computeFormulas } from "./complete.ts"
import { ownText, reindexOwnValues, storedCustom, writeCustom } from "./values.ts"

/** Records whose roll-ups are worked out in one job. */
const most = 500
/** Milliseconds after the last of these steps. */
const pause = 2000

interface Place {
  /** The entity whose records have the roll-up. */
  target: EntityDeclaration
  /** The field by which records link to them. */
  key: string
  /** Fields that decide over the result. */
  reads: readonly (string | undefined)[]
}
const known = new WeakMap<Registry, Map<string, Place[]>>()
/** Roll-ups of the workspace that are made of an entity's records. */
function rollupsOver(registry: Registry, source: string): readonly Place[] {
  let places = known.get(registry)
  if (!places) {
    const all = registry.entities.flatMap((target) =>
      Object.values(target.fields).flatMap(({ rollup }) => {
        if (!rollup) return []
        const { entity, key } = rollupSource(rollup)
        return [{ entity, target, key, reads: [key, rollup.field, rollup.where?.field, "deletedAt"] }]
      }),
    )
    places = Map.groupBy(all, ({ entity }) => entity)
    known.set(registry, places)
  }
  return places.get(source) ?? []
}
/** Entities with roll-ups that are made of an entity's records. */
export function rolledUpInto(registry: Registry, source: string): string[] {
  return rollupsOver(registry, source).map(({ target }) => target.name)
}
/** Whether anything is made of an entity's records. */
export function isRolledUp(ctx: Context, entity: EntityDeclaration): boolean {
  return rollupsOver(ctx.registry, entity.name).length > 0
}

/** A record as it was and as it is; without `keys`, which differ, it has come or gone. */
interface Followed {
  before?: StoredRecord
  after?: StoredRecord
  keys?: readonly string[]
}
/**
 * Has the roll-ups of whatever these records link to, or did before, worked out anew once the caller's transaction has
 * committed; where nothing changed that decides over them, they stay.
 * @param operationId of work in many steps, after which a record that they all link to is looked at once
 */
export async function followLinks(
  ctx: Context,
  entity: EntityDeclaration,
  changes: readonly Followed[],
  { operationId }: { operationId?: string | null | undefined } = {},
): Promise<void> {
  const byTarget = new Map<string, Set<string>>()
  for (const { target, key, reads } of rollupsOver(ctx.registry, entity.name)) {
    const ids = byTarget.get(target.name) ?? new Set()
    byTarget.set(target.name, ids)
    for (const { before, after, keys } of changes) {
      // Whatever changes, the moment of the last change does, too.
      if (keys && !reads.includes("updatedAt") && !keys.some((one) => reads.includes(one))) continue
      for (const record of [before, after]) for (const id of linkedIds(target, record?.[key])) ids.add(id)
    }
  }
  for (const [target, ids] of byTarget) await order(ctx, target, [...ids], operationId)
}
/** Has the roll-ups of records worked out anew, if they have any. */
export async function orderRollUps(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
): Promise<void> {
  if (Object.values(entity.fields).some(({ rollup }) => rollup)) await order(ctx, entity.name, ids)
}
async function order(
  ctx: Context,
  entity: string,
  ids: readonly string[],
  operationId?: string | null,
): Promise<void> {
  if (operationId) {
    // Each record has a job of its own, which the next step of the same operation puts off.
    const together = `${rollUpJob.name}:${operationId}:${entity}:`
    const jobs = ids
      .toSorted()
      .map((id) => ({ key: together + id, payload: { entity, ids: [id], together } }))
    return enqueueAll(ctx, rollUpJob.name, jobs, new Date(ctx.now().getTime() + pause))
  }
  for (let start = 0; start < ids.length; start += most)
    await enqueue(ctx, rollUpJob.name, { entity, ids: ids.slice(start, start + most) })
}
function linkedIds(target: EntityDeclaration, value: unknown): string[] {
  if (typeof value === "string") return [value]
  const references = (value ?? []) as RecordReference[]
  return references.flatMap(({ type, id }) => (type === target.singular ? [id] : []))
}

/** Works out what some records hold because of others; it may run late and twice. */
export const rollUpJob: JobHandler = {
  name: "fields.rollUp",
  async handle(ctx, { entity: name, ids: own, together }) {
    const entity = ctx.registry.entity(String(name))
    if (!entity) return
    const keyPrefix = together as string | undefined
    const others = keyPrefix ? await takeJobs(ctx, rollUpJob.name, { keyPrefix, most: most - 1 }) : []
    const ids = [own, ...others.map((payload) => payload.ids)].flat() as string[]
    const { changed } = await computeRecords(ctx, entity, ids)
    if (changed === 0) return
    const told = { type: "changed", entity: entity.name, id: null, version: null } as const
    ctx.tx.afterCommit(() => ctx.services.live.publish(ctx.workspaceId, told))
  },
}

/**
 * Brings formulas and roll-ups of records, also of those in the bin, to what they follow from; writes what differs.
 * That is no change that anybody made: versions stay. Returns all records as they are now.
 */
export async function computeRecords(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
): Promise<{ records: StoredRecord[]; changed: number }> {
  const records = await getRecords(ctx, entity, ids, { deleted: "too", lock: true })
  const rolled = await rollUp(ctx, entity, records)
  const changes = records
    .map((after) => ({ after, keys: [...computeFormulas(entity, after), ...(rolled.get(after.id) ?? [])] }))
    .filter(({ keys }) => keys.length > 0)
  for (const { after } of changes) after.custom = storedCustom(entity, after)
  writeCustom(
    ctx,
    entity,
    changes.map(({ after }) => after),
  )
  reindexOwnValues(ctx, entity, changes)
  return { records, changed: changes.length }
}

/** Puts the roll-ups into locked records; returns the keys of those that were different, by record. */
async function rollUp(
  ctx: Context,
  entity: EntityDeclaration,
  records: readonly StoredRecord[],
): Promise<ReadonlyMap<string, string[]>> {
  const changed = new Map<string, string[]>()
  if (records.length === 0) return changed
  const ids = records.map(({ id }) => id)
  for (const [path, field] of Object.entries(entity.fields)) {
    if (!field.rollup) continue
    const values = await rolledUp(ctx, field, ids)
    for (const record of records) {
      const value = values.get(record.id) ?? (field.rollup.of === "count" ? 0 : null)
      if (isDeepStrictEqual(value, record[path] ?? null)) continue
      record[path] = value
      changed.set(record.id, [...(changed.get(record.id) ?? []), path])
    }
  }
  return changed
}

/** The value of a roll-up for each of the records that some living record links to. */
async function rolledUp(
  ctx: Context,
  field: Field,
  ids: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  const rollup = field.rollup as Rollup
  const { entity: name, key } = rollupSource(rollup)
  const source = ctx.registry.entity(name)
  if (!source?.fields[key]) return new Map()
  const alive = sql.ref(`${source.name}.deleted_at`)
  const conditions = [
    sql`${sql.ref(`${source.name}.workspace_id`)} = ${ctx.workspaceId}`,
    sql`${alive} is null`,
    ...(rollup.where ? [isOneOf(source, rollup.where)] : []),
    ...(field.type === "money" ? [isIn(source, rollup, field.currency)] : []),
  ]
  const rows = await ctx.tx.rows<{ id: string; value: unknown }>(sql`
    select l.to as id, ${aggregate(source, rollup)} as value
    from (select distinct pair.id, pair.to from (${linking(ctx, source, key, ids)}) pair offset 0) l
    join ${table(source)} on ${column(source, "id")} = l.id
    where ${allOf(conditions)} group by l.to`)
  return new Map(rows.map(({ id, value }) => [id, settled(field, value)]))
}
function isOneOf(source: EntityDeclaration, { field, isAnyOf }: NonNullable<Rollup["where"]>): Sql {
  return sql`${textOf(source, field)} = any (${isAnyOf}::text[])`
}
/** Amounts in other currencies can't be added up. */
function isIn(source: EntityDeclaration, { field = "" }: Rollup, currency: string | undefined): Sql {
  return sql`${column(source, field)} ->> 'currency' = ${currency ?? "EUR"}`
}
function textOf(source: EntityDeclaration, key: string): Sql {
  const field = source.fields[key]
  return field?.own ? ownText(source, field) : column(source, key)
}
function aggregate(source: EntityDeclaration, { of, field: key }: Rollup): Sql {
  const field = key === undefined ? undefined : fieldOf(source, key)
  if (of === "count" || key === undefined || !field) return sql`count(*)::int`
  const value =
    field.type === "money"
      ? sql`(${column(source, key)} ->> 'amount')::float8`
      : isDay(field)
        ? textOf(source, key)
        : sql`(${textOf(source, key)})::float8`
  return sql`${sql.raw(of === "latest" ? "max" : of)}(${value})`
}
function isDay({ type }: Field): boolean {
  return type === "date" || type === "dateTime"
}
function settled(field: Field, value: unknown): unknown {
  if (value === null) return null
  if (field.type === "money") return { amount: Math.round(Number(value)), currency: field.currency ?? "EUR" }
  return typeof value === "number" ? Number(value.toPrecision(15)) : value
}
