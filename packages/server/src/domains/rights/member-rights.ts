import type { Rights } from "@regulars/contract/domains/rights.ts"
import type { Role } from "@regulars/contract/domains/workspace.ts"
import { builtInRights } from "../../kernel/access/roles.ts"
import type { Context } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { notFound } from "../../kernel/errors.ts"

export interface MemberRights {
  role: Role
  roleId: string | null
  roleName: string | null
  rights: Rights
  teams: { id: string; name: string }[]
  shared: Record<string, number>
}
/** What a member can see and do, their role told as rights. Throws `not_found`. */
export async function rightsOfMember(ctx: Context, id: string): Promise<MemberRights> {
  const [member, teams, shared] = await Promise.all([
    ctx.tx.row<Pick<MemberRights, "role" | "roleId" | "roleName"> & { rights: Rights | null }>(sql`
      select m.role, m.role_id as "roleId", r.name as "roleName", r.rights from members m
      left join roles r on r.workspace_id = m.workspace_id and r.id = m.role_id
      where m.workspace_id = ${ctx.workspaceId} and m.id = ${id}`),
    ctx.tx.rows<{ id: string; name: string }>(sql`
      select t.id, t.name from teams t join team_members o on o.workspace_id = t.workspace_id and o.team_id = t.id
      where t.workspace_id = ${ctx.workspaceId} and o.member_id = ${id} order by t.name collate "und-x-icu"`),
    ctx.tx.rows<{ entity: string; count: number }>(sql`
      select entity, count(distinct record_id) as count from shares s
      where s.workspace_id = ${ctx.workspaceId} and (s.member_id = ${id} or s.team_id in (
        select o.team_id from team_members o where o.workspace_id = ${ctx.workspaceId} and o.member_id = ${id}))
      group by entity`),
  ])
  if (!member) throw notFound()
  return {
    ...member,
    rights: member.rights ?? builtInRights(member.role, ctx.registry.entities),
    teams,
    shared: Object.fromEntries(shared.map(({ entity, count }) => [entity, count])),
  }
}
