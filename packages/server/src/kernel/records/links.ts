import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { FieldError } from "@regulars/contract/kernel/errors.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { AppError } from "../errors.ts"
import type { Values } from "./columns.ts"

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

/** Refuses links to records that do not exist, lie in the bin or belong to another workspace: all alike. */
export async function checkReferences(ctx: Context, references: readonly Reference[]): Promise<void> {
  if (references.length === 0) return
  const missing = (await missingReferences(ctx, references)).map(linkNotFound)
  if (missing.length > 0)
    throw new AppError("validation_failed", { detail: "A linked record does not exist.", errors: missing })
}
export function linkNotFound({ path }: Reference): FieldError {
  return { path, code: "link_not_found", message: "links to a record that does not exist" }
}
/** Those of the references that point nowhere. */
export async function missingReferences(
  ctx: Context,
  references: readonly Reference[],
): Promise<Reference[]> {
  const { tx } = ctx
  const byTarget = Map.groupBy(references, (reference) => reference.target)
  const found = await Promise.all(
    [...byTarget].map(async ([target, wanted]) => {
      if (target === "") return []
      const ids = [...new Set(wanted.map((reference) => reference.id))]
      const alive = target === "members" || target === "files" ? sql`true` : sql`deleted_at is null`
      return tx.rows<{ id: string }>(
        sql`select id from ${sql.table(target)} where workspace_id = ${tx.workspaceId} and id = any (${ids}::uuid[]) and ${alive}`,
      )
    }),
  )
  const known = new Set(found.flat().map((row) => row.id))
  return references.filter((reference) => reference.target === "" || !known.has(reference.id))
}
