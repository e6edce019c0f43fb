import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import type { Context } from "../../kernel/context.ts"
import { type Sql, sql } from "../../kernel/db/sql.ts"
import { columnName, table } from "../../kernel/records/columns.ts"

export interface SampleOperation {
  id: string
  name: string
  createdAt: string
  createdBy: string | null
}

/** One at a time in a workspace: loading or removing; ends with the transaction. */
export async function lockSample(ctx: Context): Promise<void> {
  await ctx.tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.workspaceId}/sample`}, 0))`)
}
export function findSample(ctx: Context): Promise<SampleOperation | undefined> {
  return ctx.tx.row<SampleOperation>(sql`
    select id, input ->> 'name' as name, created_at as "createdAt", created_by as "createdBy" from operations
    where workspace_id = ${ctx.workspaceId} and kind = 'sample' order by created_at desc limit 1`)
}
export async function deleteOperation(ctx: Context, id: string): Promise<void> {
  await ctx.tx.rows(sql`delete from operations where workspace_id = ${ctx.workspaceId} and id = ${id}`)
}

export interface CreatedRecord {
  /** Singular name of its entity. */
  type: string
  id: string
}
/** Every record an operation made that is still there. */
export function recordsMadeBy(ctx: Context, operationId: string): Promise<CreatedRecord[]> {
  return ctx.tx.rows<CreatedRecord>(sql`
    select split_part(e.type, '.', 1) as type, ids.id from events e, jsonb_array_elements_text(e.data -> 'ids') ids(id)
    where e.workspace_id = ${ctx.workspaceId} and e.operation_id = ${operationId} and e.type like '%.created'
      and not exists (select from merged_records m where m.workspace_id = e.workspace_id and m.id = ids.id::uuid)`)
}

/**
 * Those of the records that a member has edited one by one, or that others became part of; a bulk edit is not about any
 * one of them.
 */
export async function editedAmong(ctx: Context, ids: readonly string[]): Promise<string[]> {
  const rows = await ctx.tx.rows<{ id: string }>(sql`
    select distinct c.record_id as id from changes c
    left join operations o on o.workspace_id = c.workspace_id and o.id = c.operation_id
    where c.workspace_id = ${ctx.workspaceId} and c.record_id = any (${ids}::uuid[]) and c.actor_type = 'member'
      and (c.kind in ('merge', 'unmerge') or c.kind = 'update' and coalesce(o.kind, '') not in ('bulk', 'undo'))`)
  return rows.map(({ id }) => id)
}

/** Those of the records that others of this entity, written since, link to; also from the bin. */
export async function linkedFrom(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
  since: string,
): Promise<string[]> {
  const links = Object.entries(entity.fields).flatMap(([key, field]) => linksIn(key, field))
  if (links.length === 0) return []
  // As a set, which is hashed: a plan made for any list would compare each id with each.
  const rows = await ctx.tx.rows<{ id: string }>(sql`
    with sample as materialized (select unnest(${ids}::uuid[]) as id)
    select distinct link.id from ${table(entity, "r")}, lateral (${sql.join(links, sql` union all `)}) link(id)
    where r.workspace_id = ${ctx.workspaceId} and r.updated_at >= ${since}::timestamptz and r.id not in (select id from sample)
      and link.id in (select id from sample)`)
  return rows.map(({ id }) => id)
}
/** `select`s of the ids that a field of the row `r` points to. */
function linksIn(key: string, field: Field): Sql[] {
  const column = sql.ref(`r.${columnName(key)}`)
  const entries = (part: string) =>
    sql`select (entry ->> ${sql.lit(part)})::uuid from jsonb_array_elements(${column}) entry`
  if (field.own && field.type === "link") return [sql`select (r.custom ->> ${sql.lit(field.own.slot)})::uuid`]
  if (field.type === "link") return [sql`select ${column}`]
  if (field.type === "links") return [entries("id")]
  if (field.type !== "list") return []
  return Object.entries(field.item).flatMap(([part, item]) => (item.type === "link" ? [entries(part)] : []))
}

/** Brings the time of the last contact to what the timeline still tells. */
export async function refreshLastContact(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
): Promise<void> {
  await ctx.tx.rows(sql`
    update ${sql.table(entity.name)} r set last_activity_at = (
      select max(least(s.occurred_at, ${ctx.now().toISOString()}::timestamptz)) from event_subjects s
      where s.workspace_id = r.workspace_id and s.subject_type = ${entity.singular} and s.subject_id = r.id
        and s.event_type in ('note.created', 'activity.created', 'task.done'))
    where r.workspace_id = ${ctx.workspaceId} and r.id = any (${ids}::uuid[])`)
}
