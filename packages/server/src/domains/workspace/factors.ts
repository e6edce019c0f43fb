import type { SecurityEvent } from "../../kernel/audit/security-events.ts"
import type { Services } from "../../kernel/context.ts"
import type { Tx } from "../../kernel/db/transaction.ts"
import { AppError, invalid, notFound } from "../../kernel/errors.ts"
import type { Caller } from "../../kernel/http/handlers.ts"
import { seal, unseal } from "../../kernel/secret-key.ts"
import { findUser, findUserByEmail, inAuth } from "./auth.queries.ts"
import { requireSecureConnection } from "./cookies.ts"
import {
  type Authenticator,
  confirmAuthenticator,
  countRecoveryCodes,
  deleteAuthenticator,
  deleteFactors,
  findAuthenticator,
  findRecoverySalt,
  hasFactor,
  lockAccount,
  putAuthenticator,
  replaceRecoveryCodes,
  takeRecoveryCode,
  takeStep,
} from "./factors.queries.ts"
import { hashCode, newRecoveryCodes, newSecret, plain, stepOf, urlOf } from "./one-time-codes.ts"
import { deleteOwnIdentities } from "./provider/provider.queries.ts"
import { mailFactorChange, noteAccount } from "./security-log.ts"
import { deleteOtherSessions, deleteSessionsOf, type EndedSession, type Proof } from "./sessions.queries.ts"
import { announceEnded, confirmSession, requireSession } from "./sessions.ts"
import { beginCodeAttempt } from "./throttle.ts"
import type { FactorChange } from "./workspace.mails.ts"

const purposeOf = (userId: string) => `authenticator ${userId}`

/**
 * The second step after the right password: nothing where the account has none, else a code of the app or a recovery
 * code, each taken once. Ten tries, then the account takes no more codes of that kind for an hour, and longer each time.
 * @throws AppError second_factor_required without a code, validation_failed for a wrong one, rate_limited
 */
export async function proveFactor(
  services: Services,
  userId: string,
  code: string | undefined,
): Promise<Proof> {
  const { authenticator, isGuarded } = await inAuth(services, async (tx) => ({
    authenticator: await findAuthenticator(tx, userId),
    isGuarded: await hasFactor(tx, userId),
  }))
  if (!isGuarded) return "password"
  if (code === undefined) throw secondFactorRequired()
  const isAppCode = /^\d{6}$/.test(plain(code))
  const attempt = await beginCodeAttempt(services, isAppCode ? "app" : "recovery", userId)
  const isRight = isAppCode
    ? authenticator?.confirmedAt != null && (await useAppCode(services, userId, authenticator, plain(code)))
    : await useRecoveryCode(services, userId, code)
  if (!isRight) {
    await noteAccount(services, userId, "second_factor_failed")
    throw wrongCode()
  }
  await attempt.succeeded()
  if (isAppCode) return "authenticator"
  await tell(services, userId, "recovery_code_used")
  return "recovery_code"
}
/** Sees to it, in the transaction that begins a session, that no factor came or went since it was proved. */
export async function confirmProof(tx: Tx, userId: string, proof: Proof): Promise<void> {
  if ((await hasFactor(tx, userId)) !== (proof !== "password")) throw secondFactorRequired()
}
async function useAppCode(
  services: Services,
  userId: string,
  { secret }: Authenticator,
  code: string,
): Promise<boolean> {
  const step = stepOf(await unseal(services, purposeOf(userId), secret), code, services.now())
  return step !== null && (await inAuth(services, (tx) => takeStep(tx, userId, step)))
}
async function useRecoveryCode(services: Services, userId: string, code: string): Promise<boolean> {
  const salt = await inAuth(services, (tx) => findRecoverySalt(tx, userId))
  if (!salt) return false
  // Outside any transaction: a slow hash must not hold a connection.
  const hash = await hashCode(code, salt)
  return inAuth(services, (tx) => takeRecoveryCode(tx, userId, hash))
}
export function secondFactorRequired(): AppError {
  return new AppError("second_factor_required", {
    detail: "This account asks for a code of its authenticator app as well.",
  })
}
function wrongCode(): AppError {
  return invalid("code", "wrong_code", "is wrong, too old or was used before")
}

export function readFactors(caller: Caller) {
  const { userId } = requireSession(caller.identity)
  return inAuth(caller.services, async (tx) => {
    const since = (await findAuthenticator(tx, userId))?.confirmedAt
    return { authenticator: since ? { since } : null, recoveryCodes: await countRecoveryCodes(tx, userId) }
  })
}
/**
 * A key for an app; nothing is asked of anyone until a code of it was shown to work.
 * @throws AppError conflict while another app is set up
 */
export async function beginAuthenticator(caller: Caller): Promise<{ key: string; url: string }> {
  const { services } = caller
  requireSecureConnection(caller.request, services)
  const { userId } = requireSession(caller.identity)
  const key = newSecret()
  const secret = await seal(services, purposeOf(userId), key)
  return inAuth(services, async (tx) => {
    const user = await findUser(tx, userId)
    if (!user) throw new AppError("unauthenticated")
    if (!(await putAuthenticator(tx, userId, secret, services.now().toISOString())))
      throw new AppError("conflict", { detail: "An app is set up already. Switch it off first." })
    return { key, url: urlOf(key, user.email) }
  })
}
/**
 * Switches the second step on. Other sessions end: they were begun without it.
 * @throws AppError not_found when nothing was begun, validation_failed for a wrong code, rate_limited;
 * unauthenticated when the session has just been ended
 */
export async function confirmFactor(caller: Caller, code: string): Promise<{ recoveryCodes: string[] }> {
  const { services } = caller
  requireSecureConnection(caller.request, services)
  const { userId, sessionId } = requireSession(caller.identity)
  const begun = await inAuth(services, (tx) => findAuthenticator(tx, userId))
  if (!begun || begun.confirmedAt) throw notFound()
  const attempt = await beginCodeAttempt(services, "app", userId)
  const step = stepOf(await unseal(services, purposeOf(userId), begun.secret), plain(code), services.now())
  if (step === null) throw wrongCode()
  await attempt.succeeded()
  const { codes, hashed } = await newRecoveryCodes()
  const ended = await inAuth(services, async (tx) => {
    await lockAccount(tx, userId)
    await confirmSession(tx, sessionId)
    const { secret } = begun
    if (!(await confirmAuthenticator(tx, { userId, secret, step }, services.now().toISOString())))
      throw notFound()
    await replaceRecoveryCodes(tx, userId, hashed)
    return deleteOtherSessions(tx, userId, sessionId)
  })
  announceEnded(services, ended)
  await tell(services, userId, "second_factor_added")
  return { recoveryCodes: codes }
}
/** @throws AppError not_found when there is none */
export async function removeFactor(caller: Caller): Promise<void> {
  const { userId, sessionId } = requireSession(caller.identity)
  await dropFactors(caller.services, userId, async (tx) => {
    if (!(await deleteAuthenticator(tx, userId))) throw notFound()
    return deleteOtherSessions(tx, userId, sessionId)
  })
}
/**
 * For whoever runs the installation: helps somebody who lost app and recovery codes. All their sessions end.
 * @throws AppError not_found for an address without an account or an account without second step
 */
export async function removeFactorOf(services: Services, email: string): Promise<void> {
  const user = await inAuth(services, (tx) => findUserByEmail(tx, email))
  if (!user) throw notFound()
  await dropFactors(services, user.id, async (tx) => {
    if (!(await deleteFactors(tx, user.id))) throw notFound()
    await deleteOwnIdentities(tx, user.id)
    return deleteSessionsOf(tx, user.id)
  })
}
async function dropFactors(
  services: Services,
  userId: string,
  drop: (tx: Tx) => Promise<EndedSession[]>,
): Promise<void> {
  const ended = await inAuth(services, async (tx) => {
    await lockAccount(tx, userId)
    return drop(tx)
  })
  announceEnded(services, ended)
  await tell(services, userId, "second_factor_removed")
}
/** @throws AppError not_found without a second step */
export async function renewRecoveryCodes(caller: Caller): Promise<{ recoveryCodes: string[] }> {
  const { services } = caller
  requireSecureConnection(caller.request, services)
  const { userId } = requireSession(caller.identity)
  const { codes, hashed } = await newRecoveryCodes()
  await inAuth(services, async (tx) => {
    await lockAccount(tx, userId)
    if (!(await hasFactor(tx, userId))) throw notFound()
    await replaceRecoveryCodes(tx, userId, hashed)
  })
  await tell(services, userId, "recovery_codes_renewed")
  return { recoveryCodes: codes }
}

/** Notes a change and mails it to the owner of the account, who should hear of it if it was somebody else. */
async function tell(services: Services, userId: string, change: SecurityEvent & FactorChange): Promise<void> {
  await noteAccount(services, userId, change)
  mailFactorChange(services, userId, change)
}
