import type { Team } from "@regulars/contract/domains/rights.endpoints.ts"
import { reachesAll } from "../../kernel/access/policy.ts"
import { noteSecurity } from "../../kernel/audit/note.ts"
import type { Context } from "../../kernel/context.ts"
import { type Sql, sql } from "../../kernel/db/sql.ts"
import { AppError, invalid, notFound } from "../../kernel/errors.ts"
import { newId } from "../../kernel/ids.ts"
import { forgetRights } from "../workspace/index.ts"

function teamsWhere(ctx: Context, condition: Sql): Sql<Team> {
  return sql<Team>`
    select t.id, t.name, t.location_id as "locationId", array(
      select m.member_id from team_members m where m.workspace_id = t.workspace_id and m.team_id = t.id order by m.member_id) as "memberIds"
    from teams t where t.workspace_id = ${ctx.workspaceId} and ${condition} order by t.name collate "und-x-icu", t.id`
}
export function listTeams(ctx: Context): Promise<Team[]> {
  return ctx.tx.rows(teamsWhere(ctx, sql`true`))
}
/** @throws AppError not_found */
async function getTeam(ctx: Context, id: string): Promise<Team> {
  const team = await ctx.tx.row(teamsWhere(ctx, sql`t.id = ${id}`))
  if (!team) throw notFound()
  return team
}

interface TeamValues {
  name?: string | undefined
  locationId?: string | null | undefined
}
/** @throws AppError conflict for a name that is taken, validation_failed for a location that is not there */
export async function createTeam(ctx: Context, given: TeamValues & { name: string }): Promise<Team> {
  await checkTeam(ctx, given, null)
  const id = newId(ctx.now().getTime())
  const now = ctx.now().toISOString()
  await ctx.tx.rows(sql`
    insert into teams (workspace_id, id, name, location_id, created_at, updated_at)
    values (${ctx.workspaceId}, ${id}, ${given.name}, ${given.locationId ?? null}, ${now}, ${now})`)
  noteSecurity(ctx, "team_changed", { teamId: id, change: "made" })
  return getTeam(ctx, id)
}
/** @throws AppError as `createTeam`; forbidden, see `requireReach` */
export async function updateTeam(ctx: Context, id: string, change: TeamValues): Promise<Team> {
  const before = await getTeam(ctx, id)
  const { name, locationId } = { ...before, ...change }
  if (locationId !== before.locationId && locationId !== null) requireReach(ctx)
  await checkTeam(ctx, { name, locationId }, id)
  await ctx.tx.rows(sql`
    update teams set name = ${name}, location_id = ${locationId}, updated_at = ${ctx.now().toISOString()}
    where workspace_id = ${ctx.workspaceId} and id = ${id}`)
  forgetRights(ctx, before.memberIds)
  noteSecurity(ctx, "team_changed", { teamId: id, change: "changed", locationId })
  return getTeam(ctx, id)
}
export async function removeTeam(ctx: Context, id: string): Promise<void> {
  const before = await getTeam(ctx, id)
  await ctx.tx.rows(sql`delete from teams where workspace_id = ${ctx.workspaceId} and id = ${id}`)
  forgetRights(ctx, before.memberIds)
  noteSecurity(ctx, "team_changed", { teamId: id, change: "deleted" })
}
async function checkTeam(
  ctx: Context,
  { name, locationId }: TeamValues,
  exceptId: string | null,
): Promise<void> {
  const taken = await ctx.tx.row(sql`
    select true from teams where workspace_id = ${ctx.workspaceId} and name = ${name} and id is distinct from ${exceptId}::uuid`)
  if (taken) throw new AppError("conflict", { detail: "There is a team of this name already." })
  if (!locationId) return
  const location = await ctx.tx.row(sql`
    select true from locations where workspace_id = ${ctx.workspaceId} and id = ${locationId} and deleted_at is null`)
  if (!location) throw invalid("locationId", "link_not_found", "is no location")
}

/**
 * Who is in a team reaches what its members and its location have: nobody gives, or takes, more than they have.
 * @throws AppError forbidden
 */
function requireReach(ctx: Context): void {
  if (reachesAll(ctx)) return
  throw new AppError("forbidden", {
    detail: "This would open records beyond your own rights. Ask somebody who reaches all of them.",
  })
}
/** @throws AppError not_found for a team, validation_failed for a member that is not there; forbidden, see `requireReach` */
export async function addToTeam(ctx: Context, id: string, memberId: string): Promise<Team> {
  requireReach(ctx)
  const team = await getTeam(ctx, id)
  const member = await ctx.tx.row(
    sql`select true from members where workspace_id = ${ctx.workspaceId} and id = ${memberId}`,
  )
  if (!member) throw invalid("memberId", "link_not_found", "is no member of this workspace")
  await ctx.tx.rows(sql`
    insert into team_members (workspace_id, team_id, member_id) values (${ctx.workspaceId}, ${id}, ${memberId})
    on conflict do nothing`)
  forgetRights(ctx, [...team.memberIds, memberId])
  noteSecurity(ctx, "team_changed", { teamId: id, change: "joined", memberId })
  return getTeam(ctx, id)
}
export async function takeFromTeam(ctx: Context, id: string, memberId: string): Promise<Team> {
  const team = await getTeam(ctx, id)
  if (!team.memberIds.includes(memberId)) throw notFound()
  await ctx.tx.rows(sql`
    delete from team_members where workspace_id = ${ctx.workspaceId} and team_id = ${id} and member_id = ${memberId}`)
  forgetRights(ctx, team.memberIds)
  noteSecurity(ctx, "team_changed", { teamId: id, change: "left", memberId })
  return getTeam(ctx, id)
}
