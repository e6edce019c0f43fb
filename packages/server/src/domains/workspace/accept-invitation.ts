import { type Session, workspaceEndpoints } from "@regulars/contract/domains/workspace.endpoints.ts"
import type { Role } from "@regulars/contract/domains/workspace.ts"
import type { Services } from "../../kernel/context.ts"
import type { Tx } from "../../kernel/db/transaction.ts"
import { AppError, invalid } from "../../kernel/errors.ts"
import type { Caller } from "../../kernel/http/handlers.ts"
import { validationError } from "../../kernel/http/problem.ts"
import { newId } from "../../kernel/ids.ts"
import { findUserByEmail, inAuth, insertUser, lockAccounts, type User } from "./auth.queries.ts"
import { requireSecureConnection } from "./cookies.ts"
import { confirmProof, proveFactor } from "./factors.ts"
import { findInvitation, findRoleName, type Invitation, takeInvitation } from "./invitations.queries.ts"
import { hashPassword, refuseWeakPassword } from "./passwords.ts"
import { findProviderOf } from "./provider/provider.queries.ts"
import { noteAccount } from "./security-log.ts"
import { beginSession } from "./sessions.ts"
import { confirmPassword, provePassword } from "./sign-in.ts"
import { hashOf } from "./tokens.ts"
import { findWorkspace, insertMember, isMember } from "./workspace.queries.ts"

const newPassword = workspaceEndpoints["POST /auth/password/reset"].body.pick({ password: true })

/** What a link is for. `provider`: the one by which a new account can accept it. */
export interface InvitationTold {
  workspace: string
  email: string
  role: Role
  roleName: string | null
  hasAccount: boolean
  provider: string | null
}
/** @throws AppError not_found for a link that is used, withdrawn, expired or unknown */
export async function lookAtInvitation(services: Services, token: string): Promise<InvitationTold> {
  const { invitation, account } = await openInvitation(services, token)
  const { email, role, workspaceId } = invitation
  return inAuth(services, async (tx) => {
    const workspace = await findWorkspace(tx, workspaceId)
    if (!workspace) throw badLink()
    const roleName = await findRoleName(tx, invitation)
    const provider = account ? undefined : await findProviderOf(tx, workspaceId)
    return {
      workspace: workspace.name,
      email,
      role,
      roleName,
      hasAccount: account !== undefined,
      provider: provider?.name ?? null,
    }
  })
}
/**
 * An open invitation, with the account of its address if there is one.
 * @throws AppError not_found for a link that is used, withdrawn, expired or unknown
 */
export function openInvitation(
  services: Services,
  token: string,
): Promise<{ invitation: Invitation; account: User | undefined }> {
  return inAuth(services, async (tx) => {
    const invitation = await findInvitation(tx, hashOf(token), services.now().toISOString())
    if (!invitation) throw badLink()
    return { invitation, account: await findUserByEmail(tx, invitation.email) }
  })
}
/**
 * The same where the invitation is to make an account.
 * @throws AppError not_found, conflict where there is an account: it opens by what its owner has
 */
export async function openNewInvitation(services: Services, token: string): Promise<Invitation> {
  const { invitation, account } = await openInvitation(services, token)
  if (account) throw haveAccount()
  return invitation
}
function haveAccount(): AppError {
  return new AppError("conflict", {
    detail: "This address has an account. Accept the invitation by its password or passkey.",
  })
}

/** Who accepts an invitation. */
export interface Guest {
  user: User
  /** The account is made with it. */
  isNew: boolean
  /** What they want to be called in the workspace; else as the account is. */
  name?: string | undefined
}
/**
 * Uses an invitation up, in the transaction that begins the session: makes the account unless there is one, and the
 * member. Answers the workspace.
 * @throws AppError not_found where somebody else just did, conflict for who is or was a member, or has an account by now
 */
export async function takePlace(
  tx: Tx,
  invitationId: string,
  { user, isNew, name }: Guest,
  now: string,
): Promise<string> {
  await lockAccounts(tx)
  const invitation = await takeInvitation(tx, invitationId, now)
  if (!invitation) throw badLink()
  const { workspaceId, email, role, roleId } = invitation
  if (isNew) {
    if (await findUserByEmail(tx, email)) throw haveAccount()
    await insertUser(tx, user, now)
  } else if (await isMember(tx, workspaceId, user.id))
    throw new AppError("conflict", { detail: "You are, or were, a member of this workspace." })
  const member = { id: newId(), workspaceId, userId: user.id, name: name ?? user.name, email, role, roleId }
  await insertMember(tx, member, now)
  return workspaceId
}

/**
 * Accepts by a password: an address without an account makes one, one with an account proves its password. Either
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
  const { invitation, account } = await openInvitation(services, token)
  const { id, email } = invitation
  const user = account
    ? await provePassword(caller, { email, password })
    : await newUser({ email, name, password })
  const proof = account ? await proveFactor(services, user.id, code) : "password"
  const session = await beginSession(caller, async (tx) => {
    const now = services.now().toISOString()
    const workspaceId = await takePlace(tx, id, { user, isNew: !account, name }, now)
    if (account) {
      await confirmPassword(tx, user)
      await confirmProof(tx, user.id, proof)
    }
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
