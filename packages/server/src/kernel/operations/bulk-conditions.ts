import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { ownFieldsOf, ownPrefix } from "@regulars/contract/kernel/own-fields.ts"
import { usableEntity } from "../access/usable.ts"
import type { Context } from "../context.ts"
import { anyOf, type Sql, sql } from "../db/sql.ts"
import { column, columnType, type Values } from "../records/columns.ts"
import { referencesIn, unknownReferences } from "../records/links.ts"
import { lookUpForm } from "../records/lookups.ts"
import { normaliseValues } from "../records/normalise.ts"

/**
 * Which records a change would make different, as a condition on their table, so that any number of them is counted
 * at once. Each is undefined where that does not follow from the field's own column: a rule completes the value or may
 * refuse it, it must be the record's own, the entries of a list keep their ids.
 */
export async function givingValues(
  ctx: Context,
  entity: EntityDeclaration,
  values: Values,
): Promise<Sql | undefined> {
  if (!Object.keys(values).every((key) => isPlain(ctx, entity, key))) return undefined
  const stored = normaliseValues(entity, values, ctx)
  const references = referencesIn(ctx, entity, stored)
  const { unknown, merged } = await unknownReferences(ctx, references)
  if (unknown.length + merged.size > 0) return undefined
  return anyOf(
    Object.entries(stored).map(
      ([key, value]) =>
        sql`${column(entity, key)} is distinct from ${asStored(entity.fields[key] as Field, value)}`,
    ),
  )
}
function asStored(field: Field, value: unknown): Sql {
  const type = field.own ? "jsonb" : columnType(field)
  const isAbsent = value === null || (field.own && Array.isArray(value) && value.length === 0)
  const text = isAbsent ? null : type === "jsonb" ? JSON.stringify(value) : String(value)
  return sql`${text}::text::${sql.raw(type)}`
}

/** Records that lack one of these tags, however it is spelt. */
export function lackingTags(
  ctx: Context,
  entity: EntityDeclaration,
  tags: readonly string[],
): Sql | undefined {
  if (!isPlain(ctx, entity, "tags") || !entity.fields.tags?.lookUp) return undefined
  const wanted = [...new Set(tags.map((tag) => lookUpForm("text", tag)))]
  // Record by record: a set of all that have them is searched through for each where there are many.
  return sql`(
    select count(distinct v.value) from record_values v
    where v.workspace_id = ${ctx.workspaceId} and v.record_id = ${column(entity, "id")} and v.entity = ${entity.name}
      and v.field = 'tags' and v.value = any (${wanted}::text[])) < ${wanted.length}`
}
/** Records that have one of these tags, as it is written. */
export function havingTags(
  ctx: Context,
  entity: EntityDeclaration,
  tags: readonly string[],
): Sql | undefined {
  return isPlain(ctx, entity, "tags") ? sql`${column(entity, "tags")} ?| ${tags}::text[]` : undefined
}

/** Whether any value may be given to a field, and is all that changes. */
function isPlain(ctx: Context, entity: EntityDeclaration, key: string): boolean {
  const { prepare, prepares } = ctx.registry.rules(entity.name)
  const field = entity.fields[key]
  if (!field || field.type === "list" || !mayHoldAny(ctx, entity, key)) return false
  return !prepare || (prepares !== undefined && !prepares.includes(key))
}
/** Whether nothing but the caller's rights can stand against a value that is right in itself. */
export function mayHoldAny(ctx: Context, entity: EntityDeclaration, key: string): boolean {
  if (entity.fields[key]?.unique) return false
  if (ctx.registry.rules(entity.name).checks?.some(({ fields }) => fields.includes(key))) return false
  return !ownFieldsOf(usableEntity(ctx, entity)).some(
    ([own, { requiredWhen }]) => requiredWhen && (ownPrefix + own === key || requiredWhen.field === key),
  )
}
