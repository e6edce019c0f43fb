import type { Session } from "@regulars/contract/domains/workspace.endpoints.ts"
import { noteSecurity } from "../../kernel/audit/note.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, notFound } from "../../kernel/errors.ts"
import type { Caller, Exchange } from "../../kernel/http/handlers.ts"
import { originOf } from "../../kernel/http/security.ts"
import { newId } from "../../kernel/ids.ts"
import { requireReach } from "./account-reach.ts"
import { deleteApiKeysOf } from "./api-keys.queries.ts"
import {
  asAuth,
  deleteResetsOf,
  findReset,
  findUserByEmail,
  inAuth,
  insertReset,
  setPasswordHash,
  takeReset,
} from "./auth.queries.ts"
import { requireSecureConnection } from "./cookies.ts"
import { confirmProof, proveFactor } from "./factors.ts"
import { hashPassword, refuseWeakPassword } from "./passwords.ts"
import { deleteOwnIdentities } from "./provider/provider.queries.ts"
import { noteAccount } from "./security-log.ts"
import { deleteSessionsOf } from "./sessions.queries.ts"
import { beginSession, requireSession } from "./sessions.ts"
import { mayMail } from "./throttle.ts"
import { hashOf, newToken } from "./tokens.ts"
import { canMailLinks, sendResetLink } from "./workspace.mails.ts"
import { findMember, listPlaces } from "./workspace.queries.ts"

const hour = 3_600_000
/** A mailed link may be read by others later; one that is handed over has to find its person first. */
const lifetime = { mailed: hour, handedOver: 24 * hour }

/** Sends a link to the address if it has an account. The answer tells only whether mail works here at all. */
export async function forgotPassword(caller: Caller, email: string): Promise<{ mail: boolean }> {
  if (!canMailLinks(caller)) return { mail: false }
  // Begun when the answer has been given: neither its words nor its time tell whether there is an account.
  setImmediate(() => {
    mailResetLink(caller, email).catch((error: unknown) =>
      caller.services.log.error({ err: error }, "a reset link could not be mailed"),
    )
  })
  return { mail: true }
}
async function mailResetLink(caller: Caller, email: string): Promise<void> {
  const { services, request } = caller
  if (!(await mayMail(services, email))) return
  const token = newToken()
  const found = await inAuth(services, async (tx) => {
    const user = await findUserByEmail(tx, email)
    const places = user ? await listPlaces(tx, user.id) : []
    if (!user || places.length === 0) return undefined
    await insertReset(tx, newReset(services.now(), user.id, token, lifetime.mailed))
    return { user, place: places[0] }
  })
  if (!found) return
  await sendResetLink(services, {
    to: found.user.email,
    name: found.place?.member.name ?? found.user.name,
    language: found.place?.member.language ?? found.place?.workspace.language ?? "en",
    url: linkOf(originOf(request, services.config), token),
  })
  await noteAccount(services, found.user.id, "reset_link_made", { mailed: true })
}
function newReset(now: Date, userId: string, token: string, milliseconds: number) {
  return {
    id: newId(now.getTime()),
    tokenHash: hashOf(token),
    userId,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + milliseconds).toISOString(),
  }
}
/** Behind "#" the token stays in the browser: no server, log or Referer header sees it. */
function linkOf(origin: string, token: string): string {
  return `${origin}/reset#${token}`
}

/**
 * A link for an administrator to hand over. It opens the whole account, so it takes an administrator, not below the
 * person, in every workspace that the account belongs to.
 * @throws AppError not_found, forbidden
 */
export async function makeResetLink(
  ctx: Context,
  memberId: string,
  { request, identity }: Exchange,
): Promise<{ url: string; expiresAt: string }> {
  const { userId } = requireSession(identity)
  const member = await findMember(ctx.tx, memberId)
  if (!member) throw notFound()
  const token = newToken()
  const reset = newReset(ctx.now(), member.userId, token, lifetime.handedOver)
  await asAuth(ctx.tx, async (tx) => {
    await requireReach(tx, member.userId, userId)
    await insertReset(tx, reset)
  })
  noteSecurity(ctx, "reset_link_made", { memberId, mailed: false })
  return { url: linkOf(originOf(request, ctx.services.config), token), expiresAt: reset.expiresAt }
}

/**
 * Sets a new password by a link, once. Every session of the account ends and this browser gets a new one. Its API
 * keys and connections to providers end as well: who lost an account does not know what somebody else made with it.
 * @throws AppError not_found for a link that is used, expired or unknown; validation_failed for a weak password
 * or a wrong code; second_factor_required
 */
export async function resetPassword(
  caller: Caller,
  { token, password, code }: { token: string; password: string; code?: string | undefined },
): Promise<Session> {
  const { services } = caller
  requireSecureConnection(caller.request, services)
  const now = services.now().toISOString()
  const user = await inAuth(services, (tx) => findReset(tx, hashOf(token), now))
  if (!user) throw badLink()
  refuseWeakPassword("password", password, user.email)
  // Whoever reads somebody's mail has one factor, not both.
  const proof = await proveFactor(services, user.id, code)
  const passwordHash = await hashPassword(password)
  let keys: { workspaceId: string; memberId: string }[] = []
  const session = await beginSession(caller, async (tx) => {
    if (!(await takeReset(tx, hashOf(token), now))) throw badLink()
    await setPasswordHash(tx, user.id, passwordHash, now)
    await confirmProof(tx, user.id, proof)
    await deleteResetsOf(tx, user.id)
    keys = await deleteApiKeysOf(tx, user.id)
    await deleteOwnIdentities(tx, user.id)
    return { userId: user.id, proof, ended: await deleteSessionsOf(tx, user.id) }
  })
  for (const { workspaceId, memberId } of keys)
    services.live.publish(workspaceId, { type: "ended", sessionId: null, memberId })
  await noteAccount(services, user.id, "password_reset", { keysRevoked: keys.length > 0 })
  return session
}
function badLink(): AppError {
  return new AppError("not_found", { detail: "This link is used, expired or wrong. Ask for a new one." })
}
