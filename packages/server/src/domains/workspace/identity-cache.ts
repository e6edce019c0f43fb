import type { Services } from "../../kernel/context.ts"
import type { Identity } from "../../kernel/http/identity.ts"

type LookUp = (services: Services, tokenHash: Buffer) => Promise<Identity | null>
interface Entry {
  identity: Promise<Identity | null>
  /** By a clock that nobody sets, for revocation; and by the clock of sessions and keys, for their end. */
  monotonic: number
  clock: number
}
/** A revoked credential may work this long on other processes, in milliseconds; a second is promised. */
const lifetime = 500
const capacity = 10_000
/** One per process, that is per `services`: what one request revokes is forgotten for the next. */
const caches = new WeakMap<Services, Map<string, Entry>>()

/** Who a credential stands for, looked up at most every half second. */
export function rememberedIdentity(
  services: Services,
  tokenHash: Buffer,
  lookUp: LookUp,
): Promise<Identity | null> {
  const cache = cacheOf(services)
  const key = tokenHash.toString("base64")
  // Counted from before the database looks: what it finds may be that old.
  const monotonic = performance.now()
  const clock = services.now().getTime()
  const known = cache.get(key)
  if (known && monotonic - known.monotonic < lifetime && Math.abs(clock - known.clock) < lifetime)
    return known.identity
  const identity = lookUp(services, tokenHash)
  if (cache.size >= capacity) cache.clear()
  cache.set(key, { identity, monotonic, clock })
  identity.catch(() => cache.delete(key))
  return identity
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
