import type { ObjectType } from "@regulars/contract/kernel/own-objects.ts"
import type { Context } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { objectTypeColumns, removedObjects } from "../../kernel/own-objects/object-types.ts"

export interface ObjectTypeRow extends ObjectType {
  version: number
  createdAt: string
  updatedAt: string
  deletedAt: string | null
}
const columns = sql`${objectTypeColumns}, version,
  created_at as "createdAt", updated_at as "updatedAt", deleted_at as "deletedAt"`

/** All of them, the removed ones, too, in their order. */
export function objectTypeRows(ctx: Context): Promise<ObjectTypeRow[]> {
  return ctx.tx.rows<ObjectTypeRow>(
    sql`select ${columns} from object_types where workspace_id = ${ctx.workspaceId} order by position, id`,
  )
}
export function objectTypeRow(ctx: Context, id: string): Promise<ObjectTypeRow | undefined> {
  return ctx.tx.row<ObjectTypeRow>(
    sql`select ${columns} from object_types where workspace_id = ${ctx.workspaceId} and id = ${id}`,
  )
}
export function insertObjectType(ctx: Context, type: ObjectTypeRow): void {
  ctx.tx.write(sql`
    insert into object_types (workspace_id, id, version, key, one, many, icon, position, created_by, created_at, updated_at)
    values (${ctx.workspaceId}, ${type.id}, ${type.version}, ${type.key}, ${type.one}, ${type.many}, ${type.icon}, ${type.position},
      ${ctx.actor.memberId}, ${type.createdAt}, ${type.updatedAt})`)
}
export function saveObjectType(ctx: Context, type: ObjectTypeRow): void {
  ctx.tx.write(sql`
    update object_types set version = ${type.version}, one = ${type.one}, many = ${type.many}, icon = ${type.icon},
      position = ${type.position}, updated_at = ${type.updatedAt}, deleted_at = ${type.deletedAt}
    where workspace_id = ${ctx.workspaceId} and id = ${type.id}`)
}
/** A field elsewhere that links to these records or is made of them, if there is one; of removed objects when they are back. */
export function fieldLinkingTo(ctx: Context, entity: string): Promise<{ label: string } | undefined> {
  return ctx.tx.row<{ label: string }>(sql`
    select label from own_fields
    where workspace_id = ${ctx.workspaceId} and entity <> ${entity} and deleted_at is null and entity not in ${removedObjects(ctx)}
      and (type = 'link' and options ->> 'target' = ${entity}
        or type = 'rollup' and starts_with(options #>> '{rollup,from}', ${`${entity}.`}))
    order by position limit 1`)
}

/** One that was removed before a moment, the oldest. */
export function forgottenType(ctx: Context, before: string): Promise<ObjectTypeRow | undefined> {
  return ctx.tx.row<ObjectTypeRow>(sql`
    select ${columns} from object_types
    where workspace_id = ${ctx.workspaceId} and deleted_at < ${before}::timestamptz order by deleted_at limit 1`)
}
export async function recordIdsOf(ctx: Context, { id }: ObjectTypeRow, limit: number): Promise<string[]> {
  const rows = await ctx.tx.rows<{ id: string }>(sql`
    select id from own_records where workspace_id = ${ctx.workspaceId} and object_id = ${id} order by id limit ${limit} for update`)
  return rows.map((row) => row.id)
}
/** The object itself, its fields and views, and what roles may do with it. */
export function eraseObjectType(ctx: Context, type: ObjectTypeRow, entity: string): void {
  for (const table of ["own_fields", "field_computations", "views"])
    ctx.tx.write(sql`
      delete from ${sql.table(table)} where workspace_id = ${ctx.workspaceId} and entity = ${entity}`)
  // Another object may bear the name one day: what roles may do with this one is not for that.
  ctx.tx.write(sql`
    update roles set rights = rights #- array['entities', ${entity}::text] where workspace_id = ${ctx.workspaceId}`)
  ctx.tx.write(sql`
    delete from object_types where workspace_id = ${ctx.workspaceId} and id = ${type.id}`)
}
