import { isDeepStrictEqual } from "node:util"
import { type EntityDeclaration, fieldOf } from "@regulars/contract/kernel/entity.ts"
import type { FieldError } from "@regulars/contract/kernel/errors.ts"
import { type Field, isCollection } from "@regulars/contract/kernel/fields.ts"
import { ownFieldsOf, ownPrefix } from "@regulars/contract/kernel/own-fields.ts"
import { permitted } from "../access/policy.ts"
import { usableEntity } from "../access/usable.ts"
import type { Context } from "../context.ts"
import { type Sql, sql } from "../db/sql.ts"
import { AppError } from "../errors.ts"
import { type StoredRecord, table, type Values } from "../records/columns.ts"
import { computedValue } from "./formula.ts"
import { storedCustom, valueColumn, valueRows } from "./values.ts"

/**
 * What own fields add to a record about to be written: `custom` as it will be stored. Returns keys of
 * formulas whose result changed besides. Throws `validation_failed` when a field is missing that the record's stage asks for.
 */
export function completeOwn(
  entity: EntityDeclaration,
  record: StoredRecord,
  changed?: readonly string[],
  /** The declaration as far as whoever asks may be told of it. */
  told = entity,
): string[] {
  if (ownFieldsOf(entity).length === 0) return []
  refuseMissing(told, record, changed)
  const computed = computeFormulas(entity, record)
  record.custom = storedCustom(entity, record)
  return computed.filter((path) => !changed?.includes(path))
}

/** Brings the results of a record's formulas to its values; returns the keys of those that were different. */
export function computeFormulas(entity: EntityDeclaration, record: StoredRecord): string[] {
  const computed: string[] = []
  for (const [key, field] of ownFieldsOf(entity)) {
    if (field.formula === undefined) continue
    const path = ownPrefix + key
    const value = computedValue(entity, field, record)
    if (!isDeepStrictEqual(value, record[path] ?? null)) computed.push(path)
    record[path] = value
  }
  if (computed.length > 0) record.custom = storedCustom(entity, record)
  return computed
}

/**
 * Throws `validation_failed` for own fields that are missing in the record's stage. A change elsewhere in the record
 * (`changed`) is never refused for what was missing before.
 */
export function refuseMissing(
  entity: EntityDeclaration,
  record: Values,
  changed?: readonly string[] | undefined,
): void {
  const own = ownFieldsOf(entity)
  const errors = own.flatMap(([key, field]): FieldError[] => {
    const when = field.requiredWhen
    if (!when || !fieldOf(entity, when.field) || !when.isAnyOf.includes(String(record[when.field]))) return []
    const path = ownPrefix + key
    if (changed && !changed.includes(path) && !changed.includes(when.field)) return []
    return isMissing(field, record[path]) ? [{ path, code: "required", message: "must be given" }] : []
  })
  if (errors.length > 0)
    throw new AppError("validation_failed", {
      detail: "Something is missing that this stage asks for.",
      errors,
    })
}
function isMissing(field: Field, value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true
  return isCollection(field) && (value as unknown[]).length === 0
}

/** Refuses values of unique fields that are taken: see `takenIn`. Throws `validation_failed`. */
export async function refuseTaken(
  ctx: Context,
  entity: EntityDeclaration,
  records: readonly StoredRecord[],
  keys?: readonly (readonly string[])[],
): Promise<void> {
  const taken = await takenIn(ctx, entity, records, { keys })
  if (taken.length > 0)
    throw new AppError("validation_failed", {
      detail: "Another record holds the same value already.",
      errors: taken.map(({ error }) => error),
    })
}

export interface Taken {
  /** Place of the record. */
  index: number
  error: FieldError
  /** Who holds the value: another record, or an earlier one of these. */
  holderId: string
}
/**
 * Values of unique fields that another living record holds, or an earlier one of these, by the place of the record.
 * Writers of the same value wait for each other, so that of many at once only the first gets through.
 */
export async function takenIn(
  ctx: Context,
  entity: EntityDeclaration,
  records: readonly StoredRecord[],
  options: {
    /** Changed keys of each record; all when absent. */
    keys?: readonly (readonly string[])[] | undefined
    /**
     * Nothing will be written: nobody has to wait. As it leaves no trace, it tells nothing of fields and records that
     * the caller does not see.
     */
    isPreview?: boolean
  } = {},
): Promise<Taken[]> {
  const { keys, isPreview } = options
  const unique = ownFieldsOf(isPreview ? usableEntity(ctx, entity) : entity).filter(
    ([, field]) => field.unique,
  )
  if (unique.length === 0) return []
  const claims = records.flatMap((record, index) =>
    unique.flatMap(([key, field]): Claim[] => {
      const path = ownPrefix + key
      if (keys && !keys[index]?.includes(path)) return []
      const [row] = valueRows(field, record.id, record[path])
      const value = row?.[valueColumn(field).name]
      return value === undefined ? [] : [{ path, field, value: String(value), id: record.id, index }]
    }),
  )
  if (claims.length === 0) return []
  const locked = isPreview ? undefined : lockClaims(ctx, claims)
  const byField = [...Map.groupBy(claims, ({ path }) => path).values()]
  const seen = isPreview ? permitted(ctx, entity, "see", "r") : sql`true`
  const [, ...holders] = await Promise.all([
    locked,
    ...byField.map((own) => holdersOf(ctx, entity, own, seen)),
  ])
  return byField
    .flatMap((own, place) => clashes(own, holders[place] ?? []))
    .map(({ index, path, holderId }) => ({
      index,
      error: { path, code: "not_unique", message: "is held by another record" },
      holderId,
    }))
}
/**
 * Faults of the records whose values are taken whatever becomes of the others, by their id: another that is itself
 * refused does not get what it claimed before them.
 */
export function surelyTaken(
  taken: readonly Taken[],
  records: readonly StoredRecord[],
): Map<string, FieldError[]> {
  const idOf = ({ index }: Taken) => (records[index] as StoredRecord).id
  const concerned = new Set(taken.map(idOf))
  const sure = Map.groupBy(
    taken.filter(({ holderId }) => !concerned.has(holderId)),
    idOf,
  )
  return new Map([...sure].map(([id, own]) => [id, own.map(({ error }) => error)]))
}
function lockClaims(ctx: Context, claims: readonly Claim[]): Promise<unknown> {
  const locks = claims.map(({ field, value }) => `${ctx.workspaceId}/${field.own?.id}/${value}`)
  return ctx.tx.rows(
    sql`select pg_advisory_xact_lock(key) from (select distinct hashtextextended(k, 0) as key from unnest(${locks}::text[]) k order by 1) keys`,
  )
}
interface Claim {
  path: string
  field: Field
  value: string
  id: string
  index: number
}
interface Holder {
  id: string
  value: string
}
function holdersOf(
  ctx: Context,
  entity: EntityDeclaration,
  claims: readonly Claim[],
  seen: Sql,
): Promise<Holder[]> {
  const { field } = claims[0] as Claim
  const { name, type } = valueColumn(field)
  const values = claims.map(({ value }) => value)
  return ctx.tx.rows<Holder>(sql`
    select v.record_id as id, input.value from unnest(${values}::text[]) input(value)
    join field_values v on v.workspace_id = ${ctx.workspaceId} and v.field_id = ${field.own?.id ?? null}::uuid
      and ${sql.ref(`v.${name}`)} = input.value::${sql.raw(type)}
    join ${table(entity, "r")} on r.workspace_id = v.workspace_id and r.id = v.record_id and r.deleted_at is null and ${seen}`)
}
function clashes(claims: readonly Claim[], holders: readonly Holder[]): (Claim & Pick<Taken, "holderId">)[] {
  const first = new Map<string, string>()
  const writing = new Set(claims.map(({ id }) => id))
  // A record that is being written holds what it will hold, not what it held.
  for (const { id, value } of holders) if (!writing.has(id)) first.set(value, id)
  return claims.flatMap((claim) => {
    const holderId = first.get(claim.value)
    if (holderId === undefined) first.set(claim.value, claim.id)
    return holderId !== undefined && holderId !== claim.id ? [{ ...claim, holderId }] : []
  })
}
