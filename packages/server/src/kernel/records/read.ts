import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { notFound } from "../errors.ts"
import { spreadStored } from "../own-fields/values.ts"
import { allKeys, type StoredRecord, selection, table } from "./columns.ts"

/** One record, also from the bin when asked, all of it or some keys. Throws `not_found`, alike for another workspace's. */
export async function getRecord(
  ctx: Context,
  entity: EntityDeclaration,
  id: string,
  options: { deleted?: boolean; keys?: readonly string[] } = {},
): Promise<StoredRecord> {
  const alive = options.deleted ? sql`true` : sql`deleted_at is null`
  const row = await ctx.tx.row<StoredRecord>(sql`
    select ${selection(entity, options.keys ?? allKeys(entity))} from ${table(entity)}
    where workspace_id = ${ctx.workspaceId} and id = ${id} and ${alive}`)
  if (!row) throw notFound()
  return spreadStored(entity, [row])[0] as StoredRecord
}

/** Records by id, in any order; those that are gone are left out. `lock` keeps others from changing them. */
export async function getRecords(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
  options: { deleted?: "only" | "too"; lock?: boolean; keys?: readonly string[] } = {},
): Promise<StoredRecord[]> {
  if (ids.length === 0) return []
  const alive = { only: sql`deleted_at is not null`, too: sql`true`, none: sql`deleted_at is null` }[
    options.deleted ?? "none"
  ]
  // Locks are taken in the order of ids, so that two writers of the same records never wait for each other.
  const rows = await ctx.tx.rows<StoredRecord>(sql`
    select ${selection(entity, options.keys ?? allKeys(entity))} from ${table(entity)}
    where workspace_id = ${ctx.workspaceId} and id = any (${ids}::uuid[]) and ${alive}
    ${options.lock ? sql`order by id for no key update` : sql``}`)
  return spreadStored(entity, rows)
}

/** Names of linked records, for showing: `{ companies: { <id>: "Acme" } }`. One statement per entity. */
export async function namesOf(
  ctx: Context,
  wanted: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Record<string, Record<string, string>>> {
  const entries = await Promise.all(
    [...wanted].map(async ([target, ids]) => {
      const rows =
        ids.size === 0
          ? []
          : await ctx.tx.rows<{ id: string; name: string }>(nameQuery(ctx, target, [...ids]))
      return [target, Object.fromEntries(rows.map(({ id, name }) => [id, name]))] as const
    }),
  )
  return Object.fromEntries(entries)
}
function nameQuery(ctx: Context, target: string, ids: string[]) {
  if (target === "members")
    return sql<{
      id: string
      name: string
    }>`select id, name from members where workspace_id = ${ctx.workspaceId} and id = any (${ids}::uuid[])`
  return sql<{ id: string; name: string }>`
    select record_id as id, title as name from search_index
    where workspace_id = ${ctx.workspaceId} and entity = ${target} and record_id = any (${ids}::uuid[])`
}
