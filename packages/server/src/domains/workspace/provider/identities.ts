import type { IDToken } from "openid-client"
import type { Tx } from "../../../kernel/db/transaction.ts"
import { notFound } from "../../../kernel/errors.ts"
import type { Caller } from "../../../kernel/http/handlers.ts"
import { findUserByEmail, holdAccount, inAuth, keepWayIn } from "../auth.queries.ts"
import { lockAccount } from "../factors.queries.ts"
import { mailFactorChange, noteAccount } from "../security-log.ts"
import { deleteVouchedSessions } from "../sessions.queries.ts"
import { announceEnded, confirmSession, requireSession } from "../sessions.ts"
import {
  belongsOnlyTo,
  deleteIdentity,
  dropProviderFactor,
  findProvider,
  holdIdentity,
  insertIdentity,
  listIdentities,
  type Provider,
} from "./provider.queries.ts"
import { ProviderRefusal } from "./refusal.ts"

export function listOwnIdentities(caller: Caller) {
  const { userId, vouchedIn: workspaceId } = requireSession(caller.identity)
  return inAuth(caller.services, (tx) => listIdentities(tx, { userId, workspaceId }))
}
/** The provider of one of the user's workspaces, as far as the session enters them. Throws `not_found`. */
export async function providerForOwn(caller: Caller, id: string): Promise<Provider> {
  const { userId, vouchedIn: workspaceId } = requireSession(caller.identity)
  return inAuth(caller.services, async (tx) => {
    const provider = await findProvider(tx, id)
    const isOwn = (await listIdentities(tx, { userId, workspaceId })).some((one) => one.id === id)
    if (!provider || !isOwn) throw notFound()
    return provider
  })
}
/**
 * Connects the account of the session that set out, and no other, to what the provider calls whoever came back.
 * @throws ProviderRefusal expired, unknown where either is connected otherwise
 * @throws AppError unauthenticated when the session has just been ended
 */
export async function connectIdentity(
  { services, identity }: Caller,
  sessionId: string,
  provider: Provider,
  subject: string,
): Promise<void> {
  if (identity?.sessionId !== sessionId) throw new ProviderRefusal("expired", "another session")
  const { userId } = identity
  const link = { providerId: provider.id, subject, userId, byPerson: true }
  await inAuth(services, async (tx) => {
    await holdAccount(tx, userId)
    await confirmSession(tx, sessionId)
    await deleteIdentity(tx, provider.id, userId)
    // Thrown within the transaction, so that what was stays.
    if (!(await insertIdentity(tx, link, services.now().toISOString())))
      throw new ProviderRefusal("unknown", "connected to another account")
  })
  await noteAccount(services, userId, "identity_connected", { providerId: provider.id })
  mailFactorChange(services, userId, "identity_connected")
}
/**
 * The account that is connected to what a provider calls somebody, kept so until the transaction ends. `mayOpen`: the
 * provider's word is enough for it, as it belongs to no other workspace or its owner connected it themselves.
 */
export async function connectedAccount(
  tx: Tx,
  { id, workspaceId }: Provider,
  subject: string,
): Promise<{ userId: string; isOnlyHere: boolean; mayOpen: boolean } | undefined> {
  const identity = await holdIdentity(tx, id, subject)
  if (!identity) return undefined
  const { userId, byPerson } = identity
  const isOnlyHere = await belongsOnlyTo(tx, userId, workspaceId)
  return { userId, isOnlyHere, mayOpen: isOnlyHere || byPerson }
}
/**
 * The account a provider means. One that is connected is known by the provider's name for it alone. Another one is
 * connected by its address, if the provider says that it has verified it, and if the account belongs to this workspace
 * and no other one: then whoever chose the provider reaches no further by it than they do anyway.
 * @throws ProviderRefusal unknown
 */
export async function meantAccount(
  tx: Tx,
  provider: Provider,
  claims: IDToken,
  now: Date,
): Promise<{ userId: string; isOnlyHere: boolean; isNew: boolean }> {
  const { id: providerId, workspaceId } = provider
  const connected = await connectedAccount(tx, provider, claims.sub)
  if (connected) {
    const { userId, isOnlyHere, mayOpen } = connected
    if (!mayOpen) throw new ProviderRefusal("unknown", "belongs to other workspaces")
    return { userId, isOnlyHere, isNew: false }
  }
  if (claims.email_verified !== true || typeof claims.email !== "string")
    throw new ProviderRefusal("unknown", "the address is not verified")
  const user = await findUserByEmail(tx, claims.email.trim().toLowerCase())
  if (!user) throw new ProviderRefusal("unknown", "no account has the address")
  if (!(await belongsOnlyTo(tx, user.id, workspaceId)))
    throw new ProviderRefusal("unknown", "belongs to other workspaces")
  const link = { providerId, subject: claims.sub, userId: user.id, byPerson: false }
  if (!(await insertIdentity(tx, link, now.toISOString())))
    throw new ProviderRefusal("unknown", "connected to somebody else there")
  return { userId: user.id, isOnlyHere: true, isNew: true }
}
/**
 * Other sessions that began by the provider's word end.
 * @throws AppError not_found when the account is not connected; conflict for the only way into it
 */
export async function disconnectIdentity({ services, identity }: Caller, id: string): Promise<void> {
  const { userId, sessionId } = requireSession(identity)
  const ended = await inAuth(services, async (tx) => {
    await lockAccount(tx, userId)
    const provider = await findProvider(tx, id)
    if (!provider || !(await deleteIdentity(tx, id, userId))) throw notFound()
    await keepWayIn(tx, userId)
    await dropProviderFactor(tx, id, userId)
    return deleteVouchedSessions(tx, { userId, workspaceId: provider.workspaceId }, sessionId)
  })
  announceEnded(services, ended)
  await noteAccount(services, userId, "identity_disconnected", { providerId: id })
  mailFactorChange(services, userId, "identity_disconnected")
}
