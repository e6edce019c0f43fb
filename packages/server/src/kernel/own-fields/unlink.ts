import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { storage } from "../records/columns.ts"

/**
 * Empties the own fields, removed ones too, of whatever links to records that are erased, as their own tables'
 * references do for built-in fields.
 */
export async function unlinkOwn(ctx: Context, target: string, ids: readonly string[]): Promise<void> {
  const { tx, workspaceId } = ctx
  const fields = await tx.rows<{ id: string; entity: string; slot: string }>(sql`
    select id, entity, slot from own_fields
    where workspace_id = ${workspaceId} and type = 'link' and options ->> 'target' = ${target}`)
  // By name, not by the registry: an object that was removed has its records still.
  for (const { id, entity, slot } of fields)
    tx.write(sql`
      with gone as (
        delete from field_values
        where workspace_id = ${workspaceId} and field_id = ${id} and value_ref = any (${ids}::uuid[]) returning record_id
      )
      update ${storage({ name: entity })} r set custom = r.custom - ${slot}::text
      where r.workspace_id = ${workspaceId} and r.id in (select record_id from gone)`)
}
