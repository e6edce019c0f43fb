import type { Context } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { newId } from "../../kernel/ids.ts"

/** Before every record. */
export const firstId = "00000000-0000-0000-0000-000000000000"

/** Begins to go through an entity's records, again from the first where that is under way; returns the work's id. */
export async function beginComputation(ctx: Context, entity: string): Promise<string> {
  const now = ctx.now()
  const row = await ctx.tx.row<{ id: string }>(sql`
    insert into field_computations (workspace_id, id, entity, done_to, started_at)
    values (${ctx.workspaceId}, ${newId(now.getTime())}, ${entity}, ${firstId}, ${now.toISOString()})
    on conflict (workspace_id, entity) do update set done_to = excluded.done_to, started_at = excluded.started_at
    returning id`)
  return row!.id
}
export async function openComputations(ctx: Context): Promise<string[]> {
  const rows = await ctx.tx.rows<{ id: string }>(
    sql`select id from field_computations where workspace_id = ${ctx.workspaceId}`,
  )
  return rows.map(({ id }) => id)
}
/** How far the work is, locked against another copy of the same job; undefined once it is done. */
export async function lockComputation(
  ctx: Context,
  id: string,
): Promise<{ entity: string; doneTo: string } | undefined> {
  return ctx.tx.row(sql`
    select entity, done_to as "doneTo" from field_computations
    where workspace_id = ${ctx.workspaceId} and id = ${id} for update`)
}
export function moveComputation(ctx: Context, id: string, doneTo: string): void {
  ctx.tx.write(
    sql`update field_computations set done_to = ${doneTo} where workspace_id = ${ctx.workspaceId} and id = ${id}`,
  )
}
export function endComputation(ctx: Context, id: string): void {
  ctx.tx.write(sql`delete from field_computations where workspace_id = ${ctx.workspaceId} and id = ${id}`)
}
