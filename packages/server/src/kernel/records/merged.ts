import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { AppError } from "../errors.ts"
import { idsWithin } from "./read.ts"

/**
 * For each of the ids that was merged into another record, of whatever entity, the record that is there now, through
 * any number of merges. Ids that were not are absent.
 */
export async function mergedInto(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.tx.rows<{ id: string; into: string }>(sql`
    with recursive chain (id, into_id) as (
      select id, into_id from merged_records where workspace_id = ${ctx.workspaceId} and id = any (${ids}::uuid[])
      union
      select chain.id, m.into_id from chain
      join merged_records m on m.workspace_id = ${ctx.workspaceId} and m.id = chain.into_id
    )
    select id, into_id as into from chain
    where not exists (select from merged_records m where m.workspace_id = ${ctx.workspaceId} and m.id = chain.into_id)`)
  return new Map(rows.map(({ id, into }) => [id, into]))
}

/** Every id that leads to one of these records, through any number of merges. */
export async function idsMergedInto(ctx: Context, ids: readonly string[]): Promise<string[]> {
  const rows = await ctx.tx.rows<{ id: string }>(sql`
    with recursive chain (id) as (
      select id from merged_records where workspace_id = ${ctx.workspaceId} and into_id = any (${ids}::uuid[])
      union
      select m.id from chain join merged_records m on m.workspace_id = ${ctx.workspaceId} and m.into_id = chain.id
    )
    select id from chain`)
  return rows.map(({ id }) => id)
}

/**
 * Carries out what is done with one record, by its id. What only reads goes on with the record that this one was
 * merged into. A write is refused with `conflict` and the other id: nobody changes or deletes a record unseen.
 */
export async function atItsPlace<T>(
  ctx: Context,
  entity: EntityDeclaration,
  { id, isRead }: { id: string; isRead: boolean },
  work: (id: string) => Promise<T>,
): Promise<T> {
  try {
    return await work(id)
  } catch (error) {
    if (!entity.mergeable || !(error instanceof AppError) || error.code !== "not_found") throw error
    const into = (await mergedInto(ctx, [id])).get(id)
    // One that the caller can't see is not told of either.
    if (into === undefined || !(await idsWithin(ctx, entity, [into], "see")).has(into)) throw error
    if (isRead) return work(into)
    throw alreadyMerged(id, into)
  }
}
export function alreadyMerged(id: string, into: string): AppError {
  return new AppError("conflict", {
    detail: "This record was merged into another one. Nothing was changed.",
    details: { id, mergedInto: into },
  })
}
