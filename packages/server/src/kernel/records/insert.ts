import { setImmediate as turn } from "node:timers/promises"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { emptyValue, type Field } from "@regulars/contract/kernel/fields.ts"
import type { CheckedChange, Context, Subject } from "../context.ts"
import { sql } from "../db/sql.ts"
import { emitEvents, type NewEvent } from "../events/emit.ts"
import { newId } from "../ids.ts"
import { completeOwn, refuseTaken } from "../own-fields/complete.ts"
import { followLinks } from "../own-fields/rollups.ts"
import { indexOwnValues } from "../own-fields/values.ts"
import { announce } from "./announce.ts"
import { refusedByChecks } from "./checks.ts"
import { columnName, columnType, recordset, type StoredRecord, storage, type Values } from "./columns.ts"
import { indexRecords } from "./indexes.ts"
import { referencesIn, settleReferences } from "./links.ts"
import { normaliseValues } from "./normalise.ts"

/** Records made ready at a time. */
const partSize = 250

export interface NewRecord {
  values: Values
  id?: string
  /** When it came into being, for histories that are brought along; otherwise now. */
  createdAt?: string
}
export interface WriteOptions {
  operationId?: string | null
  /** The caller has made sure that links point somewhere (the sample's generator, a restore). */
  trustLinks?: boolean
  /** The values are in the form that is stored. */
  normalised?: boolean
  /** The domain's own writes behind this one are done otherwise. */
  withoutAfterWrite?: boolean
  /** See `CheckOptions`. */
  unguarded?: boolean
}

/**
 * Creates records as a set: rows, look-up values, search text, one event, in the caller's transaction.
 * Returns them as stored. Throws `validation_failed` when a link points nowhere or a rule refuses.
 */
export async function insertRecords(
  ctx: Context,
  entity: EntityDeclaration,
  inputs: readonly NewRecord[],
  options: WriteOptions = {},
): Promise<StoredRecord[]> {
  if (inputs.length === 0) return []
  const records: StoredRecord[] = []
  // The database works on one part of a large set while the next is made ready, and others get their turn.
  const part = linksToItself(entity) ? inputs.length : partSize
  for (let start = 0; start < inputs.length; start += part) {
    if (start > 0) await turn()
    const given = await withTaken(ctx, entity, inputs.slice(start, start + part))
    const some = given.map((input) => completeRecord(ctx, entity, input, options))
    if (!options.trustLinks)
      await settleReferences(
        ctx,
        entity,
        some,
        some.flatMap((record) => referencesIn(ctx, entity, record)),
      )
    const [unfit] = await refusedByChecks(ctx, entity, some.map(asNew), {
      unguarded: options.unguarded === true,
    })
    if (unfit) throw unfit.error
    await refuseTaken(ctx, entity, some)
    records.push(...some)
    insertRows(ctx, entity, some)
    indexRecords(ctx, entity, some)
    indexOwnValues(ctx, entity, some)
  }
  emitEvents(ctx, await creationEvents(ctx, entity, records, options))
  await ctx.registry.rules(entity.name).afterWrite?.(ctx, {
    kind: "create",
    records,
    before: [],
    operationId: options.operationId ?? null,
  })
  await followLinks(
    ctx,
    entity,
    records.map((after) => ({ after })),
    options,
  )
  announce(ctx, entity, records)
  return records
}

/** The inputs with what they take over from other records. */
async function withTaken(
  ctx: Context,
  entity: EntityDeclaration,
  inputs: readonly NewRecord[],
): Promise<readonly NewRecord[]> {
  const { completes } = ctx.registry.rules(entity.name)
  if (!completes) return inputs
  const taken = await completes(
    ctx,
    inputs.map(({ values }) => values),
  )
  return inputs.map((input, index) => ({ ...input, values: taken[index] ?? input.values }))
}
function asNew(after: StoredRecord): CheckedChange {
  return { after, keys: [] }
}
/** Rows that may refer to each other stand in one statement, whichever comes first. */
function linksToItself(entity: EntityDeclaration): boolean {
  return Object.values(entity.fields).some((field) => field.type === "link" && field.target === entity.name)
}

/** The record as it will be stored: normalised, completed by its domain's rules, every field present. */
export function completeRecord(
  ctx: Context,
  entity: EntityDeclaration,
  input: NewRecord,
  options: WriteOptions = {},
): StoredRecord {
  const at = ctx.now()
  const normalised = options.normalised ? input.values : normaliseValues(entity, input.values, ctx)
  const prepare = ctx.registry.rules(entity.name).prepare
  const values = prepare ? prepare(normalised, undefined, ctx) : normalised
  const record: StoredRecord = {
    id: input.id ?? newId(at.getTime()),
    version: 1,
    createdAt: input.createdAt ?? at.toISOString(),
    updatedAt: at.toISOString(),
    createdBy: ctx.actor.memberId,
    deletedAt: null,
    custom: {},
  }
  for (const [key, field] of Object.entries(entity.fields))
    record[key] = values[key] ?? (key in values ? undefined : defaultOf(field)) ?? emptyValue(field)
  completeOwn(entity, record)
  return record
}

/** A fresh one for each record: lists are changed in place nowhere, and must not be shared all the same. */
function defaultOf(field: Field): unknown {
  return field.default === undefined ? undefined : structuredClone(field.default)
}

/** From here on it pays to leave out columns that are empty in every row: their defaults say the same. */
const manyRows = 100
function isEmpty(value: unknown): boolean {
  if (value === null) return true
  return typeof value === "object" && Object.keys(value as object).length === 0
}
function insertRows(ctx: Context, entity: EntityDeclaration, records: readonly StoredRecord[]): void {
  const types: Record<string, string> = {
    id: "uuid",
    createdAt: "timestamptz",
    updatedAt: "timestamptz",
    createdBy: "uuid",
  }
  if (records.some((record) => !isEmpty(record.custom))) types.custom = "jsonb"
  for (const [key, field] of Object.entries(entity.fields))
    if (!field.own && (records.length < manyRows || records.some((record) => !isEmpty(record[key]))))
      types[key] = columnType(field)
  const keys = Object.keys(types)
  const columns = sql.join(keys.map((key) => sql.id(columnName(key))))
  const { object } = entity
  ctx.tx.write(sql`
    insert into ${storage(entity)} (workspace_id, ${object ? sql`object_id, ` : sql``}${columns})
    select ${ctx.workspaceId}::uuid, ${object ? sql`${object.id}::uuid, ` : sql``}${sql.join(keys.map((key) => sql.id(key)))} from ${recordset("input", records, types)}`)
}

/**
 * Records that stand on other records' timelines have an event each; those with a timeline of their own that are
 * made together, and all others, share one event, which keeps a large import small: its subjects are the records.
 */
export async function creationEvents(
  ctx: Context,
  entity: EntityDeclaration,
  records: readonly StoredRecord[],
  options: WriteOptions,
): Promise<NewEvent[]> {
  const { subjects: subjectsOf, occurredAt } = ctx.registry.rules(entity.name)
  const type = `${entity.singular}.created`
  const operationId = options.operationId ?? null
  const self = (record: StoredRecord): Subject => ({
    type: entity.singular,
    id: record.id,
    occurredAt: record.createdAt as string,
  })
  const isSet = entity.timeline && !entity.object && records.length > 1
  const others = subjectsOf && (occurredAt || !isSet) ? await subjectsOf(ctx, records) : []
  if (!subjectsOf || isSet) {
    const ids = records.map((record) => record.id)
    const data = { ids, ...(records.length > 1 && { count: records.length }) }
    // What happened at a time of its own stands by itself on the timelines of others.
    const told = records.flatMap((record, index) =>
      (others[index] ?? []).map((other) => ({
        ...other,
        occurredAt: occurredAt?.(record) ?? (record.createdAt as string),
        tellsOf: record.id,
      })),
    )
    return [{ type, operationId, data, subjects: [...records.map(self), ...told] }]
  }
  return records.map((record, index) => ({
    type,
    operationId,
    occurredAt: occurredAt?.(record) ?? (record.createdAt as string),
    data: { ids: [record.id] },
    subjects: [{ type: entity.singular, id: record.id }, ...(others[index] ?? [])],
  }))
}
