import type { RecordAction } from "@regulars/contract/domains/rights.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { beyondReach, permitted, restriction } from "../access/policy.ts"
import { hidesSubtitles } from "../access/usable.ts"
import type { Context } from "../context.ts"
import { type Sql, sql } from "../db/sql.ts"
import { notFound } from "../errors.ts"
import { spreadStored } from "../own-fields/values.ts"
import { allKeys, column, type StoredRecord, selection, table } from "./columns.ts"

/**
 * One record, also from the bin when asked, all of it or some keys. Throws `not_found`, alike for another
 * workspace's and for one the caller can't see.
 */
export async function getRecord(
  ctx: Context,
  entity: EntityDeclaration,
  id: string,
  options: { deleted?: boolean; keys?: readonly string[] } = {},
): Promise<StoredRecord> {
  const alive = options.deleted ? sql`true` : sql`deleted_at is null`
  const row = await ctx.tx.row<StoredRecord>(sql`
    select ${selection(entity, options.keys ?? allKeys(entity))} from ${table(entity)}
    where workspace_id = ${ctx.workspaceId} and id = ${id} and ${alive} ${reach(ctx, entity)}`)
  if (!row) throw notFound()
  return spreadStored(entity, [row])[0] as StoredRecord
}

/** Records by id, in any order; those that are gone, or not the caller's to see, are left out. `lock` keeps others from changing them. */
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
    where workspace_id = ${ctx.workspaceId} and id = any (${ids}::uuid[]) and ${alive} ${reach(ctx, entity)}
    ${options.lock ? sql`order by id for no key update` : sql``}`)
  return spreadStored(entity, rows)
}

/** Nothing at all where the caller sees everything: their statements stay what they are. */
function reach(ctx: Context, entity: EntityDeclaration): Sql {
  const own = restriction(ctx, entity)
  return own ? sql`and ${own}` : sql``
}

/** Those of the records that the caller may do something with, alive or in the bin. */
export async function idsWithin(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
  action: RecordAction,
): Promise<ReadonlySet<string>> {
  const own = restriction(ctx, entity, action)
  if (!own || ids.length === 0) return new Set(ids)
  const rows = await ctx.tx.rows<{ id: string }>(sql`
    select id from ${table(entity)} where workspace_id = ${ctx.workspaceId} and id = any (${ids}::uuid[]) and ${own}`)
  return new Set(rows.map(({ id }) => id))
}
/** Throws `forbidden` unless the caller, who sees these records, may do this with all of them. */
export async function requireWithin(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
  action: RecordAction,
): Promise<void> {
  if (!restriction(ctx, entity, action)) return
  const within = await idsWithin(ctx, entity, ids, action)
  if (ids.some((id) => !within.has(id))) throw beyondReach()
}

type Names = Record<string, Record<string, string>>
/**
 * Names of linked records, for showing: `{ companies: { <id>: "Acme" } }`. One statement for all kinds that the caller
 * sees whole, and one for each of the others.
 */
export async function namesOf(
  ctx: Context,
  wanted: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Names> {
  const names: Names = Object.fromEntries([...wanted.keys()].map((target) => [target, {}]))
  const asked = [...wanted].filter(([, ids]) => ids.size > 0)
  const [whole, single] = [true, false].map((is) => asked.filter(([target]) => isWhole(ctx, target) === is))
  const rows = await Promise.all([
    whole?.length ? wholeNames(ctx, new Map(whole)) : [],
    ...(single ?? []).map(async ([target, ids]) => {
      const found = await ctx.tx.rows<{ id: string; name: string }>(nameQuery(ctx, target, [...ids]))
      return found.map((row) => ({ ...row, target }))
    }),
  ])
  for (const { target, id, name } of rows.flat()) {
    const own = names[target]
    if (own) own[id] = name
  }
  return names
}
/** Whether the search index may be asked, whoever's the records are. */
function isWhole(ctx: Context, target: string): boolean {
  const entity = ctx.registry.entity(target)
  return entity !== undefined && !restriction(ctx, entity) && !hidesSubtitles(ctx, entity)
}
async function wholeNames(
  ctx: Context,
  wanted: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<{ target: string; id: string; name: string }[]> {
  const ids = [...new Set([...wanted.values()].flatMap((own) => [...own]))]
  const rows = await ctx.tx.rows<{ target: string; id: string; name: string }>(sql`
    select entity as target, record_id as id, title as name from search_index
    where workspace_id = ${ctx.workspaceId} and entity = any (${[...wanted.keys()]}::text[]) and record_id = any (${ids}::uuid[])`)
  return rows.filter(({ target, id }) => wanted.get(target)?.has(id))
}
function nameQuery(ctx: Context, target: string, ids: string[]): Sql<{ id: string; name: string }> {
  if (target === "members")
    return sql`select id, name from members where workspace_id = ${ctx.workspaceId} and id = any (${ids}::uuid[])`
  const entity = ctx.registry.entity(target)
  // What is nothing in this workspace, as a removed object, has no names.
  if (!entity) return sql`select null::uuid as id, '' as name where false`
  const own = permitted(ctx, entity)
  // A record without a name goes by what stands below it, which may be hidden from this caller.
  if (hidesSubtitles(ctx, entity))
    return sql`
      select id, coalesce(${column(entity, entity.title)}, '') as name from ${table(entity)}
      where workspace_id = ${ctx.workspaceId} and id = any (${ids}::uuid[]) and deleted_at is null and ${own}`
  return sql`
    select record_id as id, title as name from search_index
    where workspace_id = ${ctx.workspaceId} and entity = ${target} and record_id = any (${ids}::uuid[])
      and record_id in (
        select id from ${table(entity)} where workspace_id = ${ctx.workspaceId} and id = any (${ids}::uuid[]) and ${own})`
}
