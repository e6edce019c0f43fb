import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { FieldError } from "@regulars/contract/kernel/errors.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { restriction } from "../access/policy.ts"
import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { AppError } from "../errors.ts"
import { tableNamed, type Values } from "./columns.ts"
import { mergedInto } from "./merged.ts"
import { replaceReferences } from "./replace-references.ts"

export interface Reference {
  target: string
  id: string
  path: string
}

/** Every link in the given values, with the path a caller knows it by. */
export function referencesIn(ctx: Context, entity: EntityDeclaration, values: Values): Reference[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const field = entity.fields[key]
    return field && value !== null && value !== undefined ? referencesOf(ctx, field, key, value) : []
  })
}
function referencesOf(ctx: Context, field: Field, path: string, value: unknown): Reference[] {
  if (field.type === "link") return [{ target: field.target, id: String(value), path }]
  if (field.type === "file") return [{ target: "files", id: String(value), path }]
  if (field.type === "files")
    return (value as string[]).map((id, index) => ({ target: "files", id, path: `${path}.${index}` }))
  if (field.type === "links")
    return (value as { type: string; id: string }[]).map(({ type, id }, index) => {
      const target = type === "member" ? "members" : (ctx.registry.entityOfSubject(type)?.name ?? "")
      // A type this field can't point to is answered like an id that does not exist.
      return { target: field.targets.includes(target) ? target : "", id, path: `${path}.${index}.id` }
    })
  if (field.type !== "list") return []
  const linked = Object.entries(field.item).filter(([, item]) => item.type === "link")
  return (value as Values[]).flatMap((item, index) =>
    linked.flatMap(([key, part]) =>
      typeof item[key] === "string" && part.type === "link"
        ? [{ target: part.target, id: item[key] as string, path: `${path}.${index}.${key}` }]
        : [],
    ),
  )
}

/**
 * Refuses links to records that do not exist, lie in the bin, belong to another workspace or can't be seen: all
 * alike. Links to records that became part of others are turned to those, in the `records` that hold them.
 */
export async function settleReferences(
  ctx: Context,
  entity: EntityDeclaration,
  records: readonly Values[],
  references: readonly Reference[],
): Promise<void> {
  if (references.length === 0) return
  const { unknown, merged } = await unknownReferences(ctx, references)
  if (unknown.length > 0) throw linksMissing(unknown)
  if (merged.size > 0) for (const record of records) turnMerged(ctx, entity, record, merged)
}
export function linksMissing(references: readonly Reference[]): AppError {
  return new AppError("validation_failed", {
    detail: "A linked record does not exist.",
    errors: references.map(linkNotFound),
  })
}
/** Turns the links of a record to those that others became part of. */
export function turnMerged(
  { registry }: Context,
  entity: EntityDeclaration,
  record: Values,
  merged: ReadonlyMap<string, string>,
): void {
  Object.assign(
    record,
    replaceReferences(registry, entity, record, (_, id) => merged.get(id) ?? id),
  )
}
export function linkNotFound({ path }: Reference): FieldError {
  return { path, code: "link_not_found", message: "links to a record that does not exist" }
}
/** Those of the references that point nowhere, also where a merge may lead; and where merges lead the others. */
export async function unknownReferences(
  ctx: Context,
  references: readonly Reference[],
): Promise<{ unknown: Reference[]; merged: ReadonlyMap<string, string> }> {
  const missing = await missingReferences(ctx, references)
  if (missing.length === 0) return { unknown: [], merged: new Map() }
  const merged = await mergedInto(
    ctx,
    missing.map(({ id }) => id),
  )
  const followed = missing.map((reference) => ({
    ...reference,
    id: merged.get(reference.id) ?? reference.id,
  }))
  const lost = new Set((await missingReferences(ctx, followed)).map(({ id }) => id))
  return { unknown: missing.filter((_, index) => lost.has(followed[index]?.id ?? "")), merged }
}
/** Those of the references that point nowhere. */
async function missingReferences(ctx: Context, references: readonly Reference[]): Promise<Reference[]> {
  const { tx, access, registry } = ctx
  const byTarget = Map.groupBy(references, (reference) => reference.target)
  const found = await Promise.all(
    [...byTarget].map(async ([target, wanted]) => {
      if (target === "") return []
      const ids = [...new Set(wanted.map((reference) => reference.id))]
      const alive = target === "members" || target === "files" ? sql`true` : sql`deleted_at is null`
      const entity = registry.entity(target)
      const reach = entity && restriction(ctx, entity)
      // A file is attached by whoever uploaded it: nobody gets to see another's by its id.
      const own = target === "files" && access ? sql`created_by = ${access.memberId}` : reach
      return tx.rows<{ id: string }>(
        sql`select id from ${tableNamed(registry, target)} where workspace_id = ${tx.workspaceId} and id = any (${ids}::uuid[]) and ${alive} ${own ? sql`and ${own}` : sql``}`,
      )
    }),
  )
  const known = new Set(found.flat().map((row) => row.id))
  return references.filter((reference) => reference.target === "" || !known.has(reference.id))
}
