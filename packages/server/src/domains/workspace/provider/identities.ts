import type { IDToken } from "openid-client"
import type { Tx } from "../../../kernel/db/transaction.ts"
import { notFound } from "../../../kernel/errors.ts"
import type { Caller } from "../../../kernel/http/handlers.ts"
import { findUserByEmail, holdAccount, inAuth } from "../auth.queries.ts"
import { forgetIdentities } from "../identity-cache.ts"
import { mailFactorChange, noteAccount } from "../security-log.ts"
import { confirmSession, requireSession } from "../sessions.ts"
import {
  belongsOnlyTo,
  deleteIdentity,
  dropProviderFactor,
  findIdentity,
  findProvider,
  insertIdentity,
  listIdentities,
  type Provider,
} from "./provider.queries.ts"
import { ProviderRefusal } from "./refusal.ts"

export function listOwnIdentities(caller: Caller) {
  const { userId } = requireSession(caller.identity)
  return inAuth(caller.services, (tx) => listIdentities(tx, userId))
}
/** The provider of one of the user's workspaces. Throws `not_found`. */
export async function providerForOwn(caller: Caller, id: string): Promise<Provider> {
  const { userId } = requireSession(caller.identity)
  return inAuth(caller.services, async (tx) => {
    const provider = await findProvider(tx, id)
    const isOwn = (await listIdentities(tx, userId)).some((one) => one.id === id)
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
 * The account a provider means. One that is connected is known by the provider's name for it alone. Another one is
 * connected by its address, if the provider says that it has verified it, and if the account belongs to this workspace
 * and no other one: then whoever chose the provider reaches no further by it than they do anyway.
 * @throws ProviderRefusal unknown
 */
export async function meantAccount(
  tx: Tx,
  { id: providerId, workspaceId }: Provider,
  claims: IDToken,
  now: Date,
): Promise<{ userId: string; isOnlyHere: boolean; isNew: boolean }> {
  const identity = await findIdentity(tx, providerId, claims.sub)
  if (identity) {
    const isOnlyHere = await belongsOnlyTo(tx, identity.userId, workspaceId)
    if (!isOnlyHere && !identity.byPerson) throw new ProviderRefusal("unknown", "belongs to other workspaces")
    return { userId: identity.userId, isOnlyHere, isNew: false }
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
/** @throws AppError not_found when the account is not connected */
export async function disconnectIdentity({ services, identity }: Caller, id: string): Promise<void> {
  const { userId } = requireSession(identity)
  await inAuth(services, async (tx) => {
    if (!(await deleteIdentity(tx, id, userId))) throw notFound()
    await dropProviderFactor(tx, id, userId)
  })
  forgetIdentities(services)
  await noteAccount(services, userId, "identity_disconnected", { providerId: id })
  mailFactorChange(services, userId, "identity_disconnected")
}
