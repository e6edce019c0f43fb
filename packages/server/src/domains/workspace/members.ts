import type { Rights } from "@regulars/contract/domains/rights.ts"
import type { Member, Workspace } from "@regulars/contract/domains/workspace.endpoints.ts"
import type { Role } from "@regulars/contract/domains/workspace.ts"
import { builtInRights, isAtLeast, mayGive } from "../../kernel/access/roles.ts"
import { noteSecurity } from "../../kernel/audit/note.ts"
import type { Context, Services } from "../../kernel/context.ts"
import { AppError, invalid, notFound } from "../../kernel/errors.ts"
import { newId } from "../../kernel/ids.ts"
import { storeApiKey } from "./api-keys.ts"
import { asAuth, findUserByEmail, inAuth, insertUser } from "./auth.queries.ts"
import { forgetIdentities } from "./identity-cache.ts"
import { deleteInvitationsBy, deleteInvitationsTo } from "./invitations.queries.ts"
import { deleteSessionsIn } from "./sessions.queries.ts"
import { announceEnded } from "./sessions.ts"
import {
  findMember,
  findMemberNames,
  findWorkspace,
  hasOtherOwner,
  holdRole,
  insertMember,
  listMembers,
  lockMember,
  type MemberChange,
  updateMember,
  updateWorkspace,
  type WorkspaceChange,
} from "./workspace.queries.ts"

export async function readWorkspace(ctx: Context): Promise<Workspace> {
  const workspace = await findWorkspace(ctx.tx, ctx.workspaceId)
  if (!workspace) throw notFound()
  return workspace
}
export async function changeWorkspace(ctx: Context, change: WorkspaceChange): Promise<Workspace> {
  const workspace = await updateWorkspace(ctx.tx, change, ctx.now().toISOString())
  if (!workspace) throw notFound()
  ctx.tx.afterCommit(() => forgetIdentities(ctx.services))
  return workspace
}
/** What a member sets for themselves, in this workspace only. */
export async function changeOwnMember(
  ctx: Context,
  change: Pick<MemberChange, "name" | "language" | "timeZone" | "theme">,
): Promise<Member> {
  const member = await updateMember(ctx.tx, ctx.actor.memberId ?? "", change, ctx.now().toISOString())
  if (!member) throw notFound()
  ctx.tx.afterCommit(() => forgetIdentities(ctx.services))
  return member
}

/**
 * Changes a member's role, or switches their access off or on. Nobody touches someone above themselves or gives a
 * role above their own, and a workspace keeps an owner.
 * @throws AppError not_found, forbidden, conflict
 */
export async function changeMember(
  ctx: Context,
  id: string,
  change: WantedRole & { active?: boolean | undefined },
): Promise<Member> {
  const before = await lockMember(ctx.tx, id)
  if (!before) throw notFound()
  if (!mayGive(ctx, await rightsOfRole(ctx, before)))
    throw new AppError("forbidden", { detail: "This person's role is above yours." })
  const given = await roleToGive(ctx, change)
  const { role, roleId } = given ?? before
  const { active = before.active } = change
  const wasOwner = before.role === "owner" && before.active
  if (wasOwner && !(role === "owner" && active) && !(await hasOtherOwner(ctx.tx, id)))
    throw new AppError("conflict", {
      detail: "A workspace needs an owner. Make someone else an owner first.",
    })
  if (role === before.role && roleId === before.roleId && active === before.active) return before
  const member = await updateMember(ctx.tx, id, { role, roleId, active }, ctx.now().toISOString())
  if (!member) throw notFound()
  const ended = await asAuth(ctx.tx, async (tx) => {
    // What they may no longer give must not be given by links they made before.
    if (!active || roleId !== null || !isAtLeast(role, before.role)) await deleteInvitationsBy(tx, [id])
    if (active) return []
    await deleteInvitationsTo(tx, before.email)
    return deleteSessionsIn(tx, ctx.workspaceId, before.userId)
  })
  const { services, workspaceId } = ctx
  ctx.tx.afterCommit(() => {
    announceEnded(services, ended)
    services.live.publish(workspaceId, { type: "ended", sessionId: null, memberId: id })
  })
  noteSecurity(ctx, "member_changed", { memberId: id, role, roleId, active })
  return member
}

/** A built-in role, or the id of one of the workspace's own. */
export interface WantedRole {
  role?: Role | undefined
  roleId?: string | undefined
}
/**
 * The role somebody is to have, if one is wanted; one of the workspace's own stays as it is until the transaction ends.
 * @throws AppError forbidden for more than the caller has, validation_failed for a role that is not there
 */
export async function roleToGive(
  ctx: Context,
  { role, roleId }: WantedRole,
): Promise<{ role: Role; roleId: string | null } | undefined> {
  const given = role ? { role, roleId: null } : await ownRole(ctx, roleId)
  if (given && !mayGive(ctx, await rightsOfRole(ctx, given)))
    throw new AppError("forbidden", { detail: "Nobody can give a role above their own." })
  return given
}
/** A role of the workspace's own by its id, if one is given. */
async function ownRole(
  ctx: Context,
  id: string | undefined,
): Promise<{ role: Role; roleId: string } | undefined> {
  if (id === undefined) return undefined
  const role = await holdRole(ctx.tx, id)
  if (!role) throw invalid("roleId", "link_not_found", "is no role of this workspace")
  return { role: role.base, roleId: id }
}
/** A role told as what is compared when it is given. */
export async function rightsOfRole(
  ctx: Context,
  { role, roleId }: { role: Role; roleId: string | null },
): Promise<{ role: Role; rights: Rights }> {
  const own = roleId === null ? undefined : await holdRole(ctx.tx, roleId)
  return { role, rights: own?.rights ?? builtInRights(role, ctx.registry.entities) }
}
/** Ends invitations of members whose rights have changed: by these they could give what they no longer have. */
export async function endInvitationsOf({ tx }: Context, memberIds: readonly string[]): Promise<void> {
  await asAuth(tx, (auth) => deleteInvitationsBy(auth, memberIds))
}
/** Makes changed rights felt at once by the members they concern, here and on open pages everywhere. */
export function forgetRights({ tx, services, workspaceId }: Context, memberIds: readonly string[]): void {
  tx.afterCommit(() => {
    forgetIdentities(services)
    for (const memberId of new Set(memberIds))
      services.live.publish(workspaceId, { type: "ended", sessionId: null, memberId })
  })
}

/**
 * A further member without invitation or password, with a key to act by, for seeding and tests. They sign in after
 * setting a password by a reset link.
 * @throws AppError conflict when the address has an account
 */
export async function addMember(
  services: Services,
  workspaceId: string,
  { name, email, role }: { name: string; email: string; role: Role },
): Promise<{ memberId: string; apiKey: string }> {
  const now = services.now()
  return inAuth(services, async (tx) => {
    if (await findUserByEmail(tx, email))
      throw new AppError("conflict", { detail: "There is an account with this address." })
    const user = { id: newId(now.getTime()), email, name, passwordHash: null }
    const memberId = newId(now.getTime())
    await insertUser(tx, user, now.toISOString())
    await insertMember(
      tx,
      { id: memberId, workspaceId, userId: user.id, name, email, role },
      now.toISOString(),
    )
    const made = await storeApiKey(services, tx, {
      workspaceId,
      memberId,
      name: "setup",
      scope: "write",
      expiresAt: null,
    })
    return { memberId, apiKey: made.key }
  })
}
/** Everyone who is or was a member, those with access first. */
export function allMembers(ctx: Context): Promise<Member[]> {
  return listMembers(ctx.tx)
}
/** Names by id, of members past and present. */
export function memberNames(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  return ids.length === 0 ? Promise.resolve(new Map()) : findMemberNames(ctx.tx, ids)
}
/** The member who calls; for mails and the like. */
export async function callingMember(ctx: Context): Promise<Member | undefined> {
  return ctx.actor.memberId === null ? undefined : findMember(ctx.tx, ctx.actor.memberId)
}
