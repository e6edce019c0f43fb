import type { Rights } from "@regulars/contract/domains/rights.ts"
import type { Role } from "@regulars/contract/domains/workspace.ts"
import type { Context, Registry } from "../context.ts"
import { sql } from "../db/sql.ts"
import type { Tx } from "../db/transaction.ts"
import { AppError } from "../errors.ts"
import type { Access } from "./access.ts"
import { permissionsOf, permissionsOfRights, permissionsWithin } from "./roles.ts"

export interface StandingTeam {
  id: string
  locationId: string | null
  memberIds: string[]
}
/** What a member may do, as it is stored: `m` is their row, `r` the workspace's own role of theirs, if any. */
export interface StoredStanding {
  role: Role
  rights: Rights | null
  teams: StandingTeam[] | null
}
/** Teams are read only for those whose role may ask about them. */
export const standingColumns = `
  r.rights, case when r.id is not null then (
    select jsonb_agg(jsonb_build_object('id', t.id, 'locationId', t.location_id, 'memberIds', array(
      select mate.member_id from team_members mate where mate.workspace_id = t.workspace_id and mate.team_id = t.id)))
    from team_members own join teams t on t.workspace_id = own.workspace_id and t.id = own.team_id
    where own.workspace_id = m.workspace_id and own.member_id = m.id) end as teams`

/** Permissions, and how far they reach. */
export function rightsOf(
  registry: Pick<Registry, "entities">,
  memberId: string,
  { role, rights, teams }: StoredStanding,
): { permissions: ReadonlySet<string>; access: Access | undefined } {
  if (!rights)
    return {
      permissions: permissionsWithin(registry, { permissions: permissionsOf(role) }),
      access: undefined,
    }
  const own = teams ?? []
  return {
    permissions: permissionsOfRights(rights, registry.entities),
    access: {
      rights,
      memberId,
      teams: own.map(({ id }) => id),
      mates: [...new Set([memberId, ...own.flatMap(({ memberIds }) => memberIds)])],
      locations: own.flatMap(({ locationId }) => locationId ?? []),
    },
  }
}

export function findStanding(
  tx: Tx,
  workspaceId: string,
  memberId: string,
): Promise<StoredStanding | undefined> {
  return tx.row<StoredStanding>(sql`
    select m.role, ${sql.raw(standingColumns)} from members m
    left join roles r on r.workspace_id = m.workspace_id and r.id = m.role_id
    where m.workspace_id = ${workspaceId} and m.id = ${memberId} and m.active`)
}

/**
 * The context of work that goes on after its request, in the name and with today's rights of whoever ordered it; for
 * nobody it stays the product's. Throws `forbidden` when they have left or may no longer do it.
 */
export async function actingFor(
  ctx: Context,
  memberId: string | null,
  permission?: string | undefined,
): Promise<Context> {
  if (memberId === null) return ctx
  const standing = await findStanding(ctx.tx, ctx.workspaceId, memberId)
  const given = standing && rightsOf(ctx.registry, memberId, standing)
  if (!given || (permission !== undefined && !given.permissions.has(permission)))
    throw new AppError("forbidden", {
      detail: "Whoever started this may not do it any longer.",
    })
  return { ...ctx, ...given, role: standing.role, actor: { type: "member", memberId, userId: null } }
}
