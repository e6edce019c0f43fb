import type { Rights } from "@regulars/contract/domains/rights.ts"
import type { Role } from "@regulars/contract/domains/workspace.ts"
import { isObjectName } from "@regulars/contract/kernel/own-objects.ts"
import type { Context } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { removedObjects } from "../../kernel/own-objects/object-types.ts"

export interface RoleRow {
  id: string
  name: string
  base: Exclude<Role, "owner">
  rights: Rights
  members: number
}
const columns = sql`id, name, base, rights,
  (select count(*) from members m where m.workspace_id = r.workspace_id and m.role_id = r.id and m.active) as members`

export async function listRoleRows(ctx: Context): Promise<RoleRow[]> {
  const rows = await ctx.tx.rows<RoleRow>(
    sql`select ${columns} from roles r where workspace_id = ${ctx.workspaceId} order by name collate "und-x-icu", id`,
  )
  return rows.map((row) => ofToday(ctx, row))
}
/** Without rights to own objects that were removed. */
function ofToday(ctx: Context, row: RoleRow): RoleRow {
  const there = Object.entries(row.rights.entities).filter(
    ([name]) => !isObjectName(name) || ctx.registry.entity(name) !== undefined,
  )
  return { ...row, rights: { ...row.rights, entities: Object.fromEntries(there) } }
}
/** Nobody else changes it, or gives it to somebody, until the transaction ends. */
export async function lockRole(ctx: Context, id: string): Promise<RoleRow | undefined> {
  const row = await ctx.tx.row<RoleRow>(
    sql`select ${columns} from roles r where workspace_id = ${ctx.workspaceId} and id = ${id} for update of r`,
  )
  return row && ofToday(ctx, row)
}
export async function hasRoleNamed(ctx: Context, name: string, exceptId: string | null): Promise<boolean> {
  const row = await ctx.tx.row(sql`
    select true from roles where workspace_id = ${ctx.workspaceId} and name = ${name} and id is distinct from ${exceptId}::uuid`)
  return row !== undefined
}
export async function insertRole(ctx: Context, role: Omit<RoleRow, "members">): Promise<void> {
  const now = ctx.now().toISOString()
  await ctx.tx.rows(sql`
    insert into roles (workspace_id, id, name, base, rights, created_by, created_at, updated_at)
    values (${ctx.workspaceId}, ${role.id}, ${role.name}, ${role.base}, ${JSON.stringify(role.rights)}::text::jsonb,
      ${ctx.actor.memberId}, ${now}, ${now})`)
}
/** Rights to own objects that were removed stay as they are: nobody is shown them, and they count when these come back. */
export async function saveRole(ctx: Context, role: Pick<RoleRow, "id" | "name" | "rights">): Promise<void> {
  const removed = sql`(select coalesce(jsonb_object_agg(o.key, o.value), '{}') from jsonb_each(rights -> 'entities') o
    where o.key in ${removedObjects(ctx)})`
  await ctx.tx.rows(sql`
    update roles set name = ${role.name}, updated_at = ${ctx.now().toISOString()},
      rights = ${JSON.stringify(role.rights)}::text::jsonb
        || jsonb_build_object('entities', ${JSON.stringify(role.rights.entities)}::text::jsonb || ${removed})
    where workspace_id = ${ctx.workspaceId} and id = ${role.id}`)
}
export async function deleteRole(ctx: Context, id: string): Promise<void> {
  await ctx.tx.rows(sql`delete from roles where workspace_id = ${ctx.workspaceId} and id = ${id}`)
}
/** Everyone who has a role, also those without access now. */
export async function holdersOf(ctx: Context, id: string): Promise<string[]> {
  const rows = await ctx.tx.rows<{ id: string }>(
    sql`select id from members where workspace_id = ${ctx.workspaceId} and role_id = ${id}`,
  )
  return rows.map((row) => row.id)
}
/** Active members by built-in role, those with a role of the workspace's own left out. */
export async function countBuiltIn(ctx: Context): Promise<Map<string, number>> {
  const rows = await ctx.tx.rows<{ role: string; count: number }>(sql`
    select role, count(*) as count from members
    where workspace_id = ${ctx.workspaceId} and active and role_id is null group by role`)
  return new Map(rows.map(({ role, count }) => [role, count]))
}
