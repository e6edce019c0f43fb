import { type Session, workspaceEndpoints } from "@regulars/contract/domains/workspace.endpoints.ts"
import type { Role } from "@regulars/contract/domains/workspace.ts"
import { noteSecurity } from "../../kernel/audit/note.ts"
import type { Context, Services } from "../../kernel/context.ts"
import type { Tx } from "../../kernel/db/transaction.ts"
import { AppError, invalid, notFound } from "../../kernel/errors.ts"
import type { Caller, Exchange } from "../../kernel/http/handlers.ts"
import { validationError } from "../../kernel/http/problem.ts"
import { originOf } from "../../kernel/http/security.ts"
import { newId } from "../../kernel/ids.ts"
import { asAuth, findUserByEmail, inAuth, insertUser, lockAccounts, type User } from "./auth.queries.ts"
import { requireSecureConnection } from "./cookies.ts"
import { confirmProof, proveFactor } from "./factors.ts"
import {
  deleteInvitation,
  deleteInvitationsTo,
  findInvitation,
  findRoleName,
  type Invitation,
  insertInvitation,
  listInvitations,
  takeInvitation,
} from "./invitations.queries.ts"
import { callingMember, readWorkspace, roleToGive, type WantedRole } from "./members.ts"
import { hashPassword, refuseWeakPassword } from "./passwords.ts"
import { noteAccount } from "./security-log.ts"
import { beginSession } from "./sessions.ts"
import { confirmPassword, provePassword } from "./sign-in.ts"
import { hashOf, newToken } from "./tokens.ts"
import { sendInvitation } from "./workspace.mails.ts"
import { findMemberByEmail, findWorkspace, insertMember, isMember } from "./workspace.queries.ts"

const newPassword = workspaceEndpoints["POST /auth/password/reset"].body.pick({ password: true })
const lifetime = 7 * 24 * 3_600_000

export function listOpenInvitations(ctx: Context): Promise<Invitation[]> {
  const work = (tx: Tx) => listInvitations(tx, ctx.now().toISOString())
  return inAuth(ctx.services, work, ctx.workspaceId)
}
/**
 * Makes a link for one address and mails it where mail is set up. An earlier link for the address ends.
 * @throws AppError forbidden for a role above the caller's, conflict for somebody who is a member; validation_failed
 * for a role that is not there
 */
export async function invite(
  ctx: Context,
  { email, ...wanted }: { email: string } & WantedRole,
  { request }: Exchange,
): Promise<Invitation & { url: string }> {
  const { services, workspaceId, actor } = ctx
  const given = await roleToGive(ctx, wanted)
  if (!given) throw invalid("role", "required", "is needed")
  const present = await findMemberByEmail(ctx.tx, email)
  if (present)
    throw new AppError("conflict", {
      detail: present.active
        ? "This person is a member already."
        : "This person was a member. Switch their access on again instead.",
    })
  const token = newToken()
  const now = ctx.now()
  const invitation: Invitation = {
    id: newId(now.getTime()),
    workspaceId,
    email,
    ...given,
    invitedBy: actor.memberId,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + lifetime).toISOString(),
  }
  await asAuth(ctx.tx, async (tx) => {
    await deleteInvitationsTo(tx, email)
    await insertInvitation(tx, invitation, hashOf(token))
  })
  const url = `${originOf(request, services.config)}/invitation#${token}`
  await mailAfterCommit(ctx, email, url)
  noteSecurity(ctx, "invited", { invitationId: invitation.id, ...given })
  return { ...invitation, url }
}
async function mailAfterCommit(ctx: Context, email: string, url: string): Promise<void> {
  const { services } = ctx
  if (!services.sendMail) return
  const workspace = await readWorkspace(ctx)
  const inviter = await callingMember(ctx)
  ctx.tx.afterCommit(() => {
    sendInvitation(services, {
      to: email,
      language: workspace.language,
      workspace: workspace.name,
      inviter: inviter?.name ?? workspace.name,
      url,
    }).catch((error: unknown) => services.log.error({ err: error }, "an invitation could not be mailed"))
  })
}
/** @throws AppError not_found */
export async function withdrawInvitation(ctx: Context, id: string): Promise<void> {
  if (!(await asAuth(ctx.tx, (tx) => deleteInvitation(tx, id)))) throw notFound()
  noteSecurity(ctx, "invitation_withdrawn", { invitationId: id })
}

/** @throws AppError not_found for a link that is used, withdrawn, expired or unknown */
export async function lookAtInvitation(
  services: Services,
  token: string,
): Promise<{ workspace: string; email: string; role: Role; roleName: string | null; hasAccount: boolean }> {
  return inAuth(services, async (tx) => {
    const invitation = await findInvitation(tx, hashOf(token), services.now().toISOString())
    const workspace = invitation && (await findWorkspace(tx, invitation.workspaceId))
    if (!workspace) throw badLink()
    const { email, role } = invitation
    const roleName = await findRoleName(tx, invitation)
    const hasAccount = Boolean(await findUserByEmail(tx, email))
    return { workspace: workspace.name, email, role, roleName, hasAccount }
  })
}
/**
 * Uses an invitation up: an address without an account makes one, one with an account proves its password. Either
 * ends signed in to the workspace.
 * @throws AppError not_found, validation_failed, sign_in_failed, second_factor_required, conflict
 */
export async function acceptInvitation(
  caller: Caller,
  {
    token,
    name,
    password,
    code,
  }: { token: string; name?: string | undefined; password: string; code?: string | undefined },
): Promise<Session> {
  const { services } = caller
  requireSecureConnection(caller.request, services)
  const now = services.now().toISOString()
  const { email, account } = await inAuth(services, async (tx) => {
    const invitation = await findInvitation(tx, hashOf(token), now)
    if (!invitation) throw badLink()
    return { email: invitation.email, account: await findUserByEmail(tx, invitation.email) }
  })
  const user = account
    ? await provePassword(caller, { email, password })
    : await newUser({ email, name, password })
  const proof = account ? await proveFactor(services, user.id, code) : "password"
  const session = await beginSession(caller, async (tx) => {
    await lockAccounts(tx)
    const invitation = await takeInvitation(tx, hashOf(token), now)
    if (!invitation) throw badLink()
    const { workspaceId, role, roleId } = invitation
    if (await isMember(tx, workspaceId, user.id))
      throw new AppError("conflict", { detail: "You are, or were, a member of this workspace." })
    if (account) {
      await confirmPassword(tx, user)
      await confirmProof(tx, user.id, proof)
    } else await insertUser(tx, user, now)
    const member = { id: newId(), workspaceId, userId: user.id, name: name ?? user.name, email, role, roleId }
    await insertMember(tx, member, now)
    return { userId: user.id, workspaceId, proof }
  })
  await noteAccount(services, user.id, "invitation_accepted")
  return session
}
async function newUser({
  email,
  name,
  password,
}: {
  email: string
  name: string | undefined
  password: string
}): Promise<User> {
  if (!name) throw invalid("name", "required", "is needed for a new account")
  // Not asked by this endpoint's schema, since an existing account sends the password it has.
  const result = newPassword.safeParse({ password })
  if (!result.success) throw validationError(result.error, "body")
  refuseWeakPassword("password", password, email)
  return { id: newId(), email, name, passwordHash: await hashPassword(password) }
}
function badLink(): AppError {
  return new AppError("not_found", {
    detail: "This invitation was used or withdrawn, has expired or is wrong. Ask for a new one.",
  })
}
