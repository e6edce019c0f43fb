import type { Identity } from "../../kernel/http/identity.ts"
import type { Services } from "../../kernel/services.ts"

export interface KnownIdentity {
  identity: Identity
  /** When the credential ends by itself, in milliseconds of `services.now`. */
  endsAt: number
}
interface Entry {
  known: Promise<KnownIdentity | null>
  lookedUpAt: number
}
/** A revoked credential may work this long on other processes; a second is promised. */
const lifetime = 500
const capacity = 10_000
/** One per process, that is per `services`: what one request revokes is forgotten for the next. */
const caches = new WeakMap<Services, Map<string, Entry>>()

/** Who a credential stands for, looked up at most every half second. */
export async function rememberedIdentity(
  services: Services,
  tokenHash: Buffer,
  lookUp: (services: Services, tokenHash: Buffer) => Promise<KnownIdentity | null>,
): Promise<Identity | null> {
  const cache = cacheOf(services)
  const key = tokenHash.toString("base64")
  // Real time that has passed, whatever the clock is set to meanwhile; counted from before the database looked.
  const at = performance.now()
  let entry = cache.get(key)
  if (!entry || at - entry.lookedUpAt >= lifetime) {
    entry = { known: lookUp(services, tokenHash), lookedUpAt: at }
    if (cache.size >= capacity) cache.clear()
    cache.set(key, entry)
    entry.known.catch(() => cache.delete(key))
  }
  const known = await entry.known
  return known && known.endsAt > services.now().getTime() ? known.identity : null
}
/** Forgets everyone known to this process; called after a change to sessions, keys, members or the workspace. */
export function forgetIdentities(services: Services): void {
  cacheOf(services).clear()
}
function cacheOf(services: Services): Map<string, Entry> {
  let cache = caches.get(services)
  if (!cache) {
    cache = new Map()
    caches.set(services, cache)
  }
  return cache
}
