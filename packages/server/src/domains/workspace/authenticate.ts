import type { FastifyRequest } from "fastify"
import { readOnly } from "../../kernel/access/roles.ts"
import { rightsOf } from "../../kernel/access/standing.ts"
import type { Services } from "../../kernel/context.ts"
import type { Identity, Membership } from "../../kernel/http/identity.ts"
import { inAuth } from "./auth.queries.ts"
import { readCookie } from "./cookies.ts"
import { rememberedIdentity } from "./identity-cache.ts"
import {
  findKeyStanding,
  findSessionStanding,
  type Standing,
  touchKey,
  touchSession,
} from "./sessions.queries.ts"
import { hashOf } from "./tokens.ts"

/** How often the last use of a session or key is written down. */
const touchEvery = 60_000

/**
 * Makes the function that says who sends a request: by API key where an Authorization header is sent, else by
 * session cookie. Null for nobody, and for a credential that is malformed, unknown, expired or revoked. `isUse`: being
 * asked about counts as being used, which keeps a session from ending unused; not so for an open page's own questions.
 */
export function createAuthenticator(
  services: Services,
  { isUse = true } = {},
): (request: FastifyRequest) => Promise<Identity | null> {
  const session = (_: Services, hash: Buffer) => lookUpSession(services, hash, isUse)
  return async (request) => {
    const header = request.headers.authorization
    if (header !== undefined) {
      // Never the cookie beside it: with this header a request passes as no browser's (see refuseForeignOrigin).
      const key = /^Bearer (rg_[\w-]{51})$/i.exec(header)?.[1]
      return key ? await rememberedIdentity(services, hashOf(key), lookUpKey) : null
    }
    const token = readCookie("session", request, services)
    return token ? await rememberedIdentity(services, hashOf(token), session) : null
  }
}

function lookUpSession(services: Services, tokenHash: Buffer, isUse: boolean): Promise<Identity | null> {
  return inAuth(services, async (tx) => {
    const now = services.now().toISOString()
    const standing = await findSessionStanding(tx, tokenHash, now)
    if (!standing) return null
    if (isUse && isStale(services, standing.usedAt)) await touchSession(tx, standing, now)
    const { userId, id: sessionId, provedAt, vouchedIn } = standing
    return { userId, sessionId, apiKeyId: null, provedAt, vouchedIn, ...membershipOf(services, standing) }
  })
}
function lookUpKey(services: Services, keyHash: Buffer): Promise<Identity | null> {
  return inAuth(services, async (tx) => {
    const now = services.now().toISOString()
    const standing = await findKeyStanding(tx, keyHash, now)
    if (!standing?.role) return null
    if (isStale(services, standing.usedAt)) await touchKey(tx, standing.id, now)
    const { membership: granted, factorNeededBy } = membershipOf(services, standing)
    const isCut = granted !== null && standing.scope !== "write"
    const membership = isCut ? { ...granted, permissions: readOnly(granted.permissions) } : granted
    const { userId, id: apiKeyId } = standing
    return {
      userId,
      sessionId: null,
      apiKeyId,
      provedAt: null,
      vouchedIn: null,
      membership,
      factorNeededBy,
    }
  })
}

function isStale(services: Services, usedAt: string | null): boolean {
  return usedAt === null || services.now().getTime() - Date.parse(usedAt) >= touchEvery
}
function membershipOf(
  { registry }: Services,
  standing: Standing,
): { membership: Membership | null; factorNeededBy: string | null } {
  const { workspaceId, memberId, role, language, timeZone, workspaceZone, country, currency } = standing
  if (!workspaceId || !memberId || !role || !language || !timeZone || !workspaceZone || !country || !currency)
    return { membership: null, factorNeededBy: null }
  if (standing.lacksFactor) return { membership: null, factorNeededBy: workspaceId }
  const given = rightsOf(registry, memberId, { ...standing, role })
  const place = {
    workspaceId,
    memberId,
    role,
    ...given,
    language,
    timeZone,
    workspaceZone,
    country,
    currency,
  }
  return { membership: place, factorNeededBy: null }
}
