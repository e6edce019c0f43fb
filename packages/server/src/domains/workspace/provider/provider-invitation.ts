import type { IDToken } from "openid-client"
import { notFound } from "../../../kernel/errors.ts"
import type { Caller } from "../../../kernel/http/handlers.ts"
import { newId } from "../../../kernel/ids.ts"
import { openNewInvitation, takePlace } from "../accept-invitation.ts"
import { inAuth } from "../auth.queries.ts"
import { findInvitationById } from "../invitations.queries.ts"
import { mailFactorChange, noteAccount } from "../security-log.ts"
import { type Arrival, beginSession } from "../sessions.ts"
import { findProviderOf, insertIdentity, type Provider } from "./provider.queries.ts"
import { addressOf, authenticatedAt } from "./provider-way.ts"
import { ProviderRefusal } from "./refusal.ts"

/**
 * Where to go to accept an invitation by the workspace's provider, for an address without an account: the provider of
 * one workspace is no proof of an account that others rely on.
 * @throws AppError not_found for a link that is no good, or without a provider; conflict, unavailable
 */
export async function setOutToJoin(
  caller: Caller,
  { token, name }: { token: string; name: string },
): Promise<string> {
  const { services } = caller
  const { id: invitationId, workspaceId } = await openNewInvitation(services, token)
  const provider = await inAuth(services, (tx) => findProviderOf(tx, workspaceId))
  if (!provider) throw notFound()
  return addressOf(caller, { providerId: provider.id, next: "/", invitationId, name }, provider)
}
/**
 * Makes an account without a password, connected to what the provider calls whoever came back, and begins its first
 * session. They have to be whom the invitation is for, by the provider's verified word.
 * @throws ProviderRefusal address, unknown where the provider's word is connected to another account
 * @throws AppError not_found where the invitation is gone, conflict where the address has an account by now
 */
export async function joinByProvider(
  caller: Caller,
  { id: providerId, workspaceId }: Provider,
  claims: IDToken,
  { invitationId, name }: { invitationId: string; name: string },
): Promise<void> {
  const { services } = caller
  const invitation = await inAuth(services, (tx) => findInvitationById(tx, invitationId))
  const { email, email_verified: isVerified, sub: subject, amr } = claims
  if (isVerified !== true || typeof email !== "string" || email.trim().toLowerCase() !== invitation?.email)
    throw new ProviderRefusal("address", "not whom the invitation is for")
  const user = { id: newId(), email: invitation.email, name, passwordHash: null }
  const saysFactor = Array.isArray(amr) && amr.includes("mfa")
  await beginSession(caller, async (tx): Promise<Arrival> => {
    const now = services.now().toISOString()
    await takePlace(tx, invitationId, { user, isNew: true }, now)
    const link = { providerId, subject, userId: user.id, byPerson: false }
    if (!(await insertIdentity(tx, link, now)))
      throw new ProviderRefusal("unknown", "connected to another account")
    return {
      userId: user.id,
      workspaceId,
      proof: saysFactor ? "provider_factor" : "provider",
      provedAt: authenticatedAt(services, claims),
    }
  })
  await noteAccount(services, user.id, "invitation_accepted")
  await noteAccount(services, user.id, "identity_connected", { providerId })
  mailFactorChange(services, user.id, "identity_connected")
}
