import type { ShareAccess } from "@regulars/contract/domains/rights.ts"
import type { AccessEntry, RecordAccess, Share } from "@regulars/contract/kernel/access-endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { noteSecurity } from "../audit/note.ts"
import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { invalid, notFound } from "../errors.ts"
import { newId } from "../ids.ts"
import { announce } from "../records/announce.ts"
import { type StoredRecord, table } from "../records/columns.ts"
import { getRecord, requireWithin } from "../records/read.ts"
import { permitted } from "./policy.ts"
import { rightsOf, type StoredStanding, standingColumns } from "./standing.ts"

/** Either a member or a team. */
export interface NewShare {
  memberId?: string | undefined
  teamId?: string | undefined
  access: ShareAccess
}
/**
 * Shares one record with a member or a team, or changes how. Throws `not_found` for a record the caller can't see,
 * `forbidden` for one they may not edit: nobody gives more than they have.
 */
export async function shareRecord(
  ctx: Context,
  entity: EntityDeclaration,
  recordId: string,
  given: NewShare,
): Promise<Share> {
  const record = await editable(ctx, entity, recordId)
  const { memberId = null, teamId = null, access } = given
  await checkReceiver(ctx, memberId, teamId)
  const row = await ctx.tx.row<{ id: string }>(sql`
    insert into shares (workspace_id, id, entity, record_id, member_id, team_id, receiver, access, created_by, created_at)
    values (${ctx.workspaceId}, ${newId(ctx.now().getTime())}, ${entity.name}, ${recordId}, ${memberId}, ${teamId}, ${memberId ?? teamId}, ${access},
      ${ctx.actor.memberId}, ${ctx.now().toISOString()})
    on conflict (workspace_id, record_id, receiver) do update set access = excluded.access
    returning id`)
  announce(ctx, entity, [record])
  noteSecurity(ctx, "sharing_changed", { entity: entity.name, recordId, memberId, teamId, access })
  return { id: row?.id ?? "", memberId, teamId, access }
}
async function checkReceiver(ctx: Context, memberId: string | null, teamId: string | null): Promise<void> {
  const [path, table, id] = memberId ? ["memberId", "members", memberId] : ["teamId", "teams", teamId]
  const found = await ctx.tx.row(
    sql`select true from ${sql.table(table as string)} where workspace_id = ${ctx.workspaceId} and id = ${id}`,
  )
  if (!found) throw invalid(path as string, "link_not_found", "is not there")
}
export async function endShare(
  ctx: Context,
  entity: EntityDeclaration,
  recordId: string,
  shareId: string,
): Promise<void> {
  const record = await editable(ctx, entity, recordId)
  const gone = await ctx.tx.row(sql`
    delete from shares where workspace_id = ${ctx.workspaceId} and id = ${shareId} and record_id = ${recordId} returning true`)
  if (!gone) throw notFound()
  noteSecurity(ctx, "sharing_changed", { entity: entity.name, recordId, shareId, access: "none" })
  announce(ctx, entity, [record], { mayLeave: true })
}
async function editable(ctx: Context, entity: EntityDeclaration, id: string): Promise<StoredRecord> {
  const record = await getRecord(ctx, entity, id)
  await requireWithin(ctx, entity, [id], "edit")
  return record
}

interface MemberRow extends StoredStanding {
  id: string
  name: string
  roleId: string | null
  roleName: string | null
}
/** Which active members see a record, and why. Throws `not_found` unless the caller does. */
export async function readAccess(ctx: Context, entity: EntityDeclaration, id: string): Promise<RecordAccess> {
  const [record, shares, members] = await Promise.all([
    getRecord(ctx, entity, id, { deleted: true }),
    ctx.tx.rows<Share>(sql`
      select id, member_id as "memberId", team_id as "teamId", access from shares
      where workspace_id = ${ctx.workspaceId} and record_id = ${id} order by created_at, id`),
    ctx.tx.rows<MemberRow>(sql`
      select m.id, m.name, m.role, m.role_id as "roleId", r.name as "roleName", ${sql.raw(standingColumns)}
      from members m left join roles r on r.workspace_id = m.workspace_id and r.id = m.role_id
      where m.workspace_id = ${ctx.workspaceId} and m.active order by m.name collate "und-x-icu", m.id`),
  ])
  const standings = members.map((member) => ({ member, ...rightsOf(ctx.registry, member.id, member) }))
  // One statement, a pair of columns for each member whose role does not reach everything.
  const asked = standings.flatMap(({ access }, index) => {
    const asking = { workspaceId: ctx.workspaceId, registry: ctx.registry, access }
    return access
      ? [
          sql`coalesce(${permitted(asking, entity, "see")}, false) as ${sql.id(`see${index}`)}`,
          sql`coalesce(${permitted(asking, entity, "edit")}, false) as ${sql.id(`edit${index}`)}`,
        ]
      : []
  })
  const found =
    asked.length === 0
      ? {}
      : ((await ctx.tx.row<Record<string, boolean>>(sql`
          select ${sql.join(asked)} from ${table(entity)}
          where ${sql.ref(`${entity.name}.workspace_id`)} = ${ctx.workspaceId} and ${sql.ref(`${entity.name}.id`)} = ${id}`)) ??
        {})
  const ownerId = ownerOf(entity, record)
  return {
    ownerId,
    shares,
    members: standings.flatMap(({ member, permissions, access }, index): AccessEntry[] => {
      const sees = permissions.has(`${entity.name}:read`) && (!access || found[`see${index}`] === true)
      if (!sees) return []
      const edits = permissions.has(`${entity.name}:update`) && (!access || found[`edit${index}`] === true)
      const { id: memberId, name, role, roleId, roleName } = member
      const isShared = shares.some(
        (share) => share.memberId === memberId || access?.teams.includes(share.teamId ?? ""),
      )
      const reach = access?.rights.entities[entity.name]?.see ?? "all"
      const via =
        memberId === ownerId
          ? "own"
          : reach === "all"
            ? "role"
            : isShared
              ? "share"
              : reach === "team"
                ? "team"
                : "about"
      return [{ id: memberId, name, role, roleId, roleName, via, edit: edits }]
    }),
  }
}
function ownerOf(entity: EntityDeclaration, record: StoredRecord): string | null {
  const owner = entity.access?.owner ? record[entity.access.owner] : undefined
  return ((owner ?? record.createdBy) as string | null) ?? null
}
