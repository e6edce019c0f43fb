import type { FastifyRequest } from "fastify"
import type { Services } from "../../kernel/context.ts"
import type { Tx } from "../../kernel/db/transaction.ts"
import { AppError } from "../../kernel/errors.ts"
import { inAuth } from "./auth.queries.ts"
import { readCookie } from "./cookies.ts"
import {
  block,
  blockedUntil,
  countAttempt,
  deleteOldAttempts,
  forgiveAttempt,
  isKnownDevice,
} from "./throttle.queries.ts"
import { hashOf } from "./tokens.ts"

/**
 * Slows guessing down without ever shutting an account: after some free failures each further one doubles the wait.
 * Counted are the account from one network, the network, and the account from everywhere. A browser that has signed
 * in to the account before counts for itself alone, so that its owner gets in whatever others do meanwhile. All is
 * counted in the database, hence on all processes together, before the password is looked at, hence also for
 * attempts at the same time, and for addresses without an account just the same. Forwarded addresses are not
 * believed: behind a proxy everyone is one network, where those who are known still get in.
 */
interface Bucket {
  key: string
  /** Failures without a wait, per hour. */
  free: number
  /** Longest wait, in seconds. */
  longest: number
  /** Seconds of the first wait; else one. */
  first?: number
}
const hour = 3_600_000

/** Seconds to wait after so many failures: none, then 1, 2, 4 … up to the longest. */
export function waitAfter(
  failures: number,
  { free, longest, first = 1 }: Pick<Bucket, "free" | "longest" | "first">,
): number {
  return failures < free ? 0 : Math.min(first * 2 ** (failures - free), longest)
}
/** Who is one caller on the net: an IPv4 address, or the /64 that a single IPv6 subscriber is given. */
export function networkOf(ip: string): string {
  const inner = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (inner) return inner
  if (!ip.includes(":")) return ip
  const [head = "", tail] = (ip.split("%")[0] ?? "").split("::")
  const groups = head.split(":").filter((group) => group !== "")
  // "::" stands for as many zeros as are missing; only what precedes the last four groups matters.
  const after = tail?.split(":").filter((group) => group !== "") ?? []
  const all = [...groups, ...Array(Math.max(0, 8 - groups.length - after.length)).fill("0"), ...after]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`
}

export interface Attempt {
  /** Tells that the password was right. */
  succeeded(): Promise<void>
}
/**
 * Counts an attempt at the account of this e-mail address, whether or not there is one.
 * @throws AppError rate_limited when the next attempt is not due yet
 */
export async function beginAttempt(
  services: Services,
  request: FastifyRequest,
  email: string,
): Promise<Attempt> {
  // An address typed at the sign-in may be a stranger's, or a password in the wrong field: it is not kept.
  const account = hashOf(email).toString("base64url")
  const network = networkOf(request.ip)
  const device = readCookie("device", request, services)
  const [own, ...shared] = await inAuth(services, async (tx): Promise<[Bucket, ...Bucket[]]> => {
    const known = device !== undefined && (await isKnownDevice(tx, hashOf(device), email))
    const buckets: [Bucket, ...Bucket[]] = known
      ? [{ key: `device ${hashOf(device).toString("base64url")} ${account}`, free: 10, longest: 300 }]
      : [
          { key: `account ${account} ${network}`, free: 10, longest: 300 },
          { key: `account ${account}`, free: 50, longest: 60 },
          { key: `network ${network}`, free: 50, longest: 60 },
        ]
    await count(services, tx, buckets)
    return buckets
  })
  return {
    succeeded: () =>
      inAuth(services, async (tx) => {
        await forgiveAttempt(
          tx,
          own.key,
          shared.map((bucket) => bucket.key),
        )
        await deleteOldAttempts(tx, new Date(services.now().getTime() - 24 * hour).toISOString())
      }),
  }
}
/**
 * Counts an attempt at the second step of an account, after its password: ten, then none for an hour, and longer with
 * each further one. The two kinds count apart, so that whoever is guessed at still gets in by a recovery code.
 * @throws AppError rate_limited
 */
export async function beginCodeAttempt(
  services: Services,
  kind: "app" | "recovery",
  userId: string,
): Promise<Attempt> {
  const bucket = { key: `${kind} ${userId}`, free: 10, first: 3600, longest: 24 * 3600 }
  await inAuth(services, (tx) => count(services, tx, [bucket], 24 * hour))
  return { succeeded: () => inAuth(services, (tx) => forgiveAttempt(tx, bucket.key, [])) }
}
/** Whether one more mail may go to an address this hour: nobody's box is filled by strangers who ask for links. */
export async function mayMail(services: Services, email: string): Promise<boolean> {
  const bucket = { key: `mail ${hashOf(email).toString("base64url")}`, free: 3, longest: 3600 }
  try {
    await inAuth(services, (tx) => count(services, tx, [bucket]))
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === "rate_limited") return false
    throw error
  }
}

/** `window`: milliseconds after which what was counted is forgotten. */
async function count(services: Services, tx: Tx, buckets: readonly Bucket[], window = hour): Promise<void> {
  const now = services.now()
  const keys = buckets.map((bucket) => bucket.key)
  const counted = await countAttempt(
    tx,
    keys,
    now.toISOString(),
    new Date(now.getTime() - window).toISOString(),
  )
  if (counted.length < keys.length) {
    const until = await blockedUntil(tx, keys)
    services.log.warn({ event: "attempts_throttled", kind: keys[0]?.split(" ")[0] }, "too many attempts")
    // Thrown within the transaction: an attempt that is refused counts nowhere.
    throw new AppError("rate_limited", {
      detail: "Too many attempts in a short time. Wait a moment, then try again.",
      retryAfter: Math.max(1, Math.ceil((Date.parse(until ?? "") - now.getTime()) / 1000) || 1),
    })
  }
  for (const { key, failures } of counted) {
    const bucket = buckets.find((candidate) => candidate.key === key)
    const wait = bucket ? waitAfter(failures, bucket) : 0
    if (wait > 0) await block(tx, key, new Date(now.getTime() + wait * 1000).toISOString())
  }
}
