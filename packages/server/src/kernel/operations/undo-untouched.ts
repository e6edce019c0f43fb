import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { isWritable } from "@regulars/contract/kernel/entity.ts"
import { isOwnKey, ownFieldsOf } from "@regulars/contract/kernel/own-fields.ts"
import { permitted } from "../access/policy.ts"
import { mayWrite, usableEntity } from "../access/usable.ts"
import type { Context } from "../context.ts"
import { anyOf, type Sql, sql } from "../db/sql.ts"
import { table } from "../records/columns.ts"
import { mayHoldAny } from "./bulk-conditions.ts"

/**
 * Records that nobody has changed since an operation did, and that nothing keeps from going back: all of it is put
 * back, so they are counted and need not be looked at. How many, and their changes as a condition.
 */
export async function untouchedSince(
  ctx: Context,
  operationId: string,
): Promise<{ count: number; changes: Sql | undefined }> {
  const untouched = await Promise.all(
    [...Map.groupBy(await changedKeys(ctx, operationId), (row) => row.entity)].map(async ([name, rows]) => {
      const entity = ctx.registry.entity(name)
      if (!entity || !rows.every((row) => mayGoBack(ctx, entity, row))) return []
      const ids = untouchedIds(ctx, entity, operationId)
      const counted = await ctx.tx.row<{ count: number }>(
        sql`select count(*) as count from (${ids}) untouched`,
      )
      // Looked up change by change: a set of all of them would be made again for each page.
      const changes = sql`exists (${ids} and c.record_id = changes.record_id)`
      return [{ count: counted?.count ?? 0, changes }]
    }),
  )
  const all = untouched.flat().filter(({ count }) => count > 0)
  return {
    count: all.reduce((sum, { count }) => sum + count, 0),
    changes: all.length > 0 ? anyOf(all.map(({ changes }) => changes)) : undefined,
  }
}

interface ChangedKey {
  entity: string
  kind: string
  key: string
  /** The own field that was meant by the key. */
  ownId: string | null
}
function changedKeys(ctx: Context, operationId: string): Promise<ChangedKey[]> {
  return ctx.tx.rows<ChangedKey>(sql`
    select distinct c.entity, c.kind, changed.key, c.own_fields ->> changed.key as "ownId"
    from changes c cross join lateral jsonb_object_keys(c.after) changed (key)
    where c.workspace_id = ${ctx.workspaceId} and c.operation_id = ${operationId}`)
}
function mayGoBack(ctx: Context, entity: EntityDeclaration, { kind, key, ownId }: ChangedKey): boolean {
  // What others hold meanwhile keeps a record in the bin.
  if (kind === "remove") return !ownFieldsOf(usableEntity(ctx, entity)).some(([, { unique }]) => unique)
  if (kind === "restore") return true
  const field = entity.fields[key]
  if (kind !== "update" || !field) return false
  if (field.formula !== undefined) return true
  if (isOwnKey(key) && field.own?.id !== ownId) return false
  return mayHoldAny(ctx, entity, key) && (!isWritable(field) || mayWrite(ctx, entity, key))
}

/** The version a record has is the one the operation made. */
function untouchedIds(ctx: Context, entity: EntityDeclaration, operationId: string): Sql {
  const [see, edit, remove] = (["see", "edit", "delete"] as const).map((action) =>
    permitted(ctx, entity, action, "r"),
  )
  return sql`
    select r.id from changes c
    join ${table(entity, "r")} on r.workspace_id = c.workspace_id and r.id = c.record_id and r.version = c.version
    where c.workspace_id = ${ctx.workspaceId} and c.operation_id = ${operationId} and c.entity = ${entity.name} and ${see}
      and case c.kind when 'update' then r.deleted_at is null and ${edit}
        when 'remove' then r.deleted_at is not null and ${remove}
        when 'restore' then r.deleted_at is null and ${remove} else false end`
}
