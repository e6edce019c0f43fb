import { isAtLeast, looksAfterMembers } from "../../kernel/access/roles.ts"
import { noteSecurity } from "../../kernel/audit/note.ts"
import type { Context, Services } from "../../kernel/context.ts"
import type { Tx } from "../../kernel/db/transaction.ts"
import { AppError, invalid, notFound } from "../../kernel/errors.ts"
import type { Exchange } from "../../kernel/http/handlers.ts"
import { newId } from "../../kernel/ids.ts"
import {
  type ApiKey,
  deleteApiKey,
  findApiKey,
  findFactorProvider,
  insertApiKey,
  listApiKeys,
} from "./api-keys.queries.ts"
import { asAuth, holdAccount, inAuth } from "./auth.queries.ts"
import { forgetIdentities } from "./identity-cache.ts"
import { confirmSession } from "./sessions.ts"
import { newApiKey } from "./tokens.ts"

interface NewApiKey {
  workspaceId: string
  memberId: string
  name: string
  scope: "read" | "write"
  expiresAt: string | null
  providerId?: string | null
}
/** Stores a new key's hash; what is returned holds the key itself, for the only time. */
export async function storeApiKey(
  services: Pick<Services, "now">,
  tx: Tx,
  { workspaceId, providerId = null, ...wanted }: NewApiKey,
): Promise<ApiKey & { key: string }> {
  const now = services.now()
  const { key, prefix, hash } = newApiKey()
  const stored = {
    ...wanted,
    id: newId(now.getTime()),
    prefix,
    createdAt: now.toISOString(),
    lastUsedAt: null,
  }
  await insertApiKey(tx, workspaceId, { ...stored, providerId }, hash)
  return { ...stored, resting: false, key }
}

/** The caller's own keys, and everyone's for administrators. */
export function listVisibleKeys(ctx: Context): Promise<ApiKey[]> {
  const everyone = looksAfterMembers(ctx)
  const work = (tx: Tx) => listApiKeys(tx, everyone ? null : ctx.actor.memberId)
  return inAuth(ctx.services, work, ctx.workspaceId)
}
/**
 * Makes a key for the caller. One that is made with a key lives no longer than that key. Where a provider's word is
 * the caller's second step, it is the key's as well, for as long as they are connected.
 * @throws AppError validation_failed, forbidden; unauthenticated when what it was asked with has just been ended
 */
export async function makeApiKey(
  ctx: Context,
  input: { name: string; scope: "read" | "write"; expiresAt?: string | null | undefined },
  { identity }: Exchange,
): Promise<ApiKey & { key: string }> {
  const { memberId } = ctx.actor
  if (!memberId) throw new AppError("forbidden")
  const expiresAt = input.expiresAt ? new Date(input.expiresAt).toISOString() : null
  if (expiresAt !== null && Date.parse(expiresAt) <= ctx.now().getTime())
    throw invalid("expiresAt", "past", "is in the past")
  const made = await asAuth(ctx.tx, async (tx) => {
    // A password reset waits for this, or has ended what the caller came with: no key slips past it.
    await holdAccount(tx, identity.userId)
    const maker = identity.apiKeyId ? await findApiKey(tx, identity.apiKeyId) : undefined
    if (!maker) await confirmSession(tx, identity.sessionId)
    const { workspaceId } = ctx
    const latest = maker?.expiresAt ?? null
    return storeApiKey(ctx, tx, {
      workspaceId,
      memberId,
      name: input.name,
      scope: input.scope,
      providerId: maker ? maker.providerId : await findFactorProvider(tx, identity.sessionId),
      expiresAt: latest !== null && (expiresAt === null || latest < expiresAt) ? latest : expiresAt,
    })
  })
  noteSecurity(ctx, "key_made", { keyId: made.id, memberId, scope: made.scope })
  return made
}
/** @throws AppError not_found for a key of others, unless the caller is an administrator and not below them */
export async function revokeApiKey(ctx: Context, id: string): Promise<void> {
  const memberId = await asAuth(ctx.tx, async (tx) => {
    const key = await findApiKey(tx, id)
    const isOwn = key?.memberId === ctx.actor.memberId
    if (!key || !(isOwn || looksAfterMembers(ctx))) throw notFound()
    if (!isOwn && !isAtLeast(ctx.role, key.role))
      throw new AppError("forbidden", { detail: "This key belongs to someone whose role is above yours." })
    await deleteApiKey(tx, id)
    return key.memberId
  })
  const { services, workspaceId } = ctx
  ctx.tx.afterCommit(() => {
    forgetIdentities(services)
    services.live.publish(workspaceId, { type: "ended", sessionId: null, memberId })
  })
  noteSecurity(ctx, "key_revoked", { keyId: id, memberId })
}
