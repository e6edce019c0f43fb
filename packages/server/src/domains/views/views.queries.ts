import type { View } from "@regulars/contract/domains/views.endpoints.ts"
import type { Context } from "../../kernel/context.ts"
import { allOf, type Sql, sql } from "../../kernel/db/sql.ts"

/** A view as it is stored, before anyone asks what may be done with it. */
export type ViewRow = Omit<View, "problems" | "can"> & { isDefault: boolean }

const columns = (
  ctx: Context,
): Sql => sql`id, version, entity, name, search, filter, sort, columns, widths, grouping, layout, shared, pinned, position,
  is_default as "isDefault", owner_id as "ownerId", created_at as "createdAt", updated_at as "updatedAt", deleted_at as "deletedAt",
  (select jsonb_build_object('pinned', p.pinned, 'position', p.position) from view_pins p
    where p.workspace_id = ${ctx.workspaceId} and p.view_id = views.id and p.member_id = ${ctx.actor.memberId}) as pin`

/** One's own and what is shared: everything else does not exist for the caller. */
function visible(ctx: Context): Sql {
  return sql`workspace_id = ${ctx.workspaceId} and (shared or owner_id = ${ctx.actor.memberId})`
}

export async function visibleViews(
  ctx: Context,
  { entity, deleted }: { entity?: string | undefined; deleted: boolean },
): Promise<ViewRow[]> {
  const conditions = [
    visible(ctx),
    deleted ? sql`deleted_at is not null` : sql`deleted_at is null`,
    ...(entity === undefined ? [] : [sql`entity = ${entity}`]),
  ]
  return ctx.tx.rows<ViewRow>(
    sql`select ${columns(ctx)} from views where ${allOf(conditions)} order by entity, position, id`,
  )
}
/** One visible view, locked until the end of the transaction. */
export async function lockView(
  ctx: Context,
  id: string,
  { deleted }: { deleted: boolean },
): Promise<ViewRow | undefined> {
  const alive = deleted ? sql`deleted_at is not null` : sql`deleted_at is null`
  return ctx.tx.row<ViewRow>(
    sql`select ${columns(ctx)} from views where ${visible(ctx)} and id = ${id} and ${alive} for update`,
  )
}

/** How many living views the caller has, and where the next one of the entity stands. */
export async function placeOfNext(ctx: Context, entity: string): Promise<{ own: number; position: number }> {
  const row = await ctx.tx.row<{ own: number; position: number }>(sql`
    select count(*) filter (where owner_id = ${ctx.actor.memberId}) as own,
      coalesce(max(position) filter (where entity = ${entity}), 0) + 1 as position
    from views where workspace_id = ${ctx.workspaceId} and deleted_at is null`)
  return row ?? { own: 0, position: 1 }
}

export function insertView(ctx: Context, view: ViewRow): void {
  const { search, shared, pinned, position } = view
  ctx.tx.write(sql`
    insert into views (workspace_id, id, version, entity, name, search, filter, sort, columns, widths, grouping, layout,
      shared, pinned, position, owner_id, created_at, updated_at)
    values (${ctx.workspaceId}, ${view.id}, ${view.version}, ${view.entity}, ${view.name}, ${search},
      ${json(view.filter)}::jsonb, ${json(view.sort)}::jsonb, ${json(view.columns)}::jsonb, ${json(view.widths)}::jsonb,
      ${view.grouping}, ${view.layout}, ${shared}, ${pinned}, ${position}, ${view.ownerId}, ${view.createdAt}, ${view.updatedAt})`)
}
export function saveView(ctx: Context, view: ViewRow): void {
  const { search, shared, pinned, position } = view
  ctx.tx.write(sql`
    update views set version = ${view.version}, name = ${view.name}, search = ${search},
      filter = ${json(view.filter)}::jsonb, sort = ${json(view.sort)}::jsonb,
      columns = ${json(view.columns)}::jsonb, widths = ${json(view.widths)}::jsonb, grouping = ${view.grouping}, layout = ${view.layout},
      shared = ${shared}, pinned = ${pinned}, position = ${position}, updated_at = ${view.updatedAt}, deleted_at = ${view.deletedAt}
    where workspace_id = ${ctx.workspaceId} and id = ${view.id}`)
}
/** Erases views that went to the bin before a moment. */
export async function eraseViews(ctx: Context, before: Date): Promise<void> {
  await ctx.tx.rows(sql`
    delete from views where workspace_id = ${ctx.workspaceId} and deleted_at < ${before.toISOString()}::timestamptz`)
}
const json = (value: unknown) => (value === null ? null : JSON.stringify(value))

/** Views that open first, by entity: everyone's, and what the caller chose instead. */
export async function storedDefaults(
  ctx: Context,
): Promise<{ everyone: { entity: string; id: string }[]; own: { entity: string; id: string | null }[] }> {
  const [everyone, own] = await Promise.all([
    ctx.tx.rows<{ entity: string; id: string }>(sql`
      select entity, id from views
      where workspace_id = ${ctx.workspaceId} and is_default and shared and deleted_at is null`),
    ctx.tx.rows<{ entity: string; id: string | null }>(sql`
      select c.entity, c.view_id as id from view_choices c
      where c.workspace_id = ${ctx.workspaceId} and c.member_id = ${ctx.actor.memberId}
        and (c.view_id is null or exists (
          select from views where ${visible(ctx)} and id = c.view_id and deleted_at is null))`),
  ])
  return { everyone, own }
}
/** Makes a view the one everybody's list of an entity opens with; null: none. */
export function markDefault(ctx: Context, entity: string, id: string | null): void {
  ctx.tx.write(sql`
    update views set is_default = false where workspace_id = ${ctx.workspaceId} and entity = ${entity} and is_default`)
  if (id !== null)
    ctx.tx.write(
      sql`update views set is_default = true where workspace_id = ${ctx.workspaceId} and id = ${id}`,
    )
}
/** Notes what the caller's list opens with: null everything. */
export function noteChoice(ctx: Context, entity: string, id: string | null): void {
  ctx.tx.write(sql`
    insert into view_choices (workspace_id, member_id, entity, view_id)
    values (${ctx.workspaceId}, ${ctx.actor.memberId}, ${entity}, ${id})
    on conflict (workspace_id, member_id, entity) do update set view_id = excluded.view_id`)
}
export function forgetChoice(ctx: Context, entity: string): void {
  ctx.tx.write(sql`
    delete from view_choices
    where workspace_id = ${ctx.workspaceId} and member_id = ${ctx.actor.memberId} and entity = ${entity}`)
}

/** Notes what the caller chose for their sidebar; null: nothing. */
export function notePin(ctx: Context, id: string, pin: ViewRow["pin"]): void {
  const { workspaceId, actor } = ctx
  ctx.tx.write(
    pin
      ? sql`
        insert into view_pins (workspace_id, member_id, view_id, pinned, position)
        values (${workspaceId}, ${actor.memberId}, ${id}, ${pin.pinned}, ${pin.position})
        on conflict (workspace_id, member_id, view_id) do update
          set pinned = excluded.pinned, position = excluded.position`
      : sql`
        delete from view_pins
        where workspace_id = ${workspaceId} and member_id = ${actor.memberId} and view_id = ${id}`,
  )
}
