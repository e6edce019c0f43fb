import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { permitted } from "../access/policy.ts"
import type { Context } from "../context.ts"
import { type Sql, sql } from "../db/sql.ts"
import { column, table } from "./columns.ts"
import { referringFields } from "./reference-rules.ts"

/** Something a person may want to look at: what stayed with the record that was kept. */
export interface Stayed {
  entity: string
  id: string
  /** Fields left as they are; empty for a record that came since. */
  fields: string[]
  /** Why they are; absent for a record that came since. */
  reason?: string
}
/** Ids of the records, also in the bin, that link to any of `ids` by a field. */
export async function recordsLinking(
  ctx: Context,
  entity: EntityDeclaration,
  key: string,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await ctx.tx.rows<{ id: string }>(linking(ctx, entity, key, ids))
  return rows.map(({ id }) => id)
}
/** Pairs of a record, also in the bin, and one of `ids` that it links to by a field. */
export function linking(
  ctx: Context,
  entity: EntityDeclaration,
  key: string,
  ids: readonly string[],
): Sql<{ id: string; to: string }> {
  const { workspaceId } = ctx
  const { own, lookUp } = entity.fields[key] as Field
  if (own)
    return sql`select record_id as id, value_ref::text as to from field_values
          where workspace_id = ${workspaceId} and field_id = ${own.id} and value_ref = any (${ids}::uuid[])`
  return lookUp
    ? sql`select record_id as id, value as to from record_values
          where workspace_id = ${workspaceId} and entity = ${entity.name} and field = ${key} and value = any (${ids}::text[])`
    : sql`select id, ${column(entity, key)}::text as to from ${table(entity)}
          where workspace_id = ${workspaceId} and ${column(entity, key)} = any (${ids}::uuid[])`
}

/** How many living records that the caller sees link to each of these, by kind. */
export async function countLinking(
  ctx: Context,
  target: EntityDeclaration,
  ids: readonly string[],
): Promise<Record<string, Record<string, number>>> {
  const counts = Object.fromEntries(ids.map((id) => [id, {} as Record<string, number>]))
  await Promise.all(
    ctx.registry.entities.map(async (entity) => {
      const keys = referringFields(entity, [target])
      if (keys.length === 0 || !ctx.permissions.has(`${entity.name}:read`)) return
      const found = sql.join(
        keys.map((key) => linking(ctx, entity, key, ids)),
        sql` union `,
      )
      const rows = await ctx.tx.rows<{ to: string; count: number }>(sql`
        select found.to, count(*) as count from (${found}) found
        join ${table(entity)} on ${column(entity, "id")} = found.id
        where workspace_id = ${ctx.workspaceId} and deleted_at is null and ${permitted(ctx, entity)} group by found.to`)
      for (const { to, count } of rows) {
        const own = counts[to]
        if (own) own[entity.name] = count
      }
    }),
  )
  return counts
}

/** Records named in a result; more are of no use to anybody. */
const mostNamed = 200

/** Living records that link to this one and came after `since`. */
export async function linkingSince(
  ctx: Context,
  target: EntityDeclaration,
  id: string,
  since: string,
): Promise<Stayed[]> {
  const found = await Promise.all(
    ctx.registry.entities.map(async (entity) => {
      const keys = referringFields(entity, [target])
      if (keys.length === 0) return []
      const links = sql.join(
        keys.map((key) => linking(ctx, entity, key, [id])),
        sql` union `,
      )
      return ctx.tx.rows<Stayed>(sql`
        select ${entity.name} as entity, ${column(entity, "id")} as id, '{}'::text[] as fields
        from (${links}) found join ${table(entity)} on ${column(entity, "id")} = found.id
        where workspace_id = ${ctx.workspaceId} and deleted_at is null and created_at > ${since}::timestamptz
        order by created_at, ${column(entity, "id")} limit ${mostNamed}`)
    }),
  )
  return found.flat()
}
