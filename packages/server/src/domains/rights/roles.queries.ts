import type { Rights } from "@regulars/contract/domains/rights.ts"
import type { Role } from "@regulars/contract/domains/workspace.ts"
import { isObjectName } from "@regulars/contract/kernel/own-objects.ts"
import type { Context } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"

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
export async function saveRole(ctx: Context, role: Pick<RoleRow, "id" | "name" | "rights">): Promise<void> {
  await ctx.tx.rows(sql`
    update roles set name = ${role.name}, rights = ${JSON.stringify(role.rights)}::text::jsonb, updated_at = ${ctx.now().toISOString()}
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
