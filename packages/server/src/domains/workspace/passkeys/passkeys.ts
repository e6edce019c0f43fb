import type { Passkey, PasskeyRegistration } from "@regulars/contract/domains/passkeys.endpoints.ts"
import { AppError, notFound } from "../../../kernel/errors.ts"
import type { Caller } from "../../../kernel/http/handlers.ts"
import { newId } from "../../../kernel/ids.ts"
import { findUser, inAuth, keepWayIn } from "../auth.queries.ts"
import { requireSecureConnection } from "../cookies.ts"
import {
  countRecoveryCodes,
  deleteLooseCodes,
  hasFactor,
  lockAccount,
  replaceRecoveryCodes,
} from "../factors.queries.ts"
import { newRecoveryCodes } from "../one-time-codes.ts"
import { mailFactorChange, noteAccount } from "../security-log.ts"
import { deleteOtherSessions } from "../sessions.queries.ts"
import { announceEnded, confirmSession, requireSession } from "../sessions.ts"
import { registrationOptions, verifyRegistration } from "./ceremony.ts"
import {
  deletePasskey,
  insertPasskey,
  listCredentials,
  listPasskeys,
  renamePasskey,
} from "./passkeys.queries.ts"

export function listOwnPasskeys(caller: Caller): Promise<Passkey[]> {
  const { userId } = requireSession(caller.identity)
  return inAuth(caller.services, (tx) => listPasskeys(tx, userId))
}
export async function beginPasskey(caller: Caller): Promise<Record<string, unknown>> {
  const { services, request } = caller
  requireSecureConnection(request, services)
  const { userId } = requireSession(caller.identity)
  const { user, known } = await inAuth(services, async (tx) => ({
    user: await findUser(tx, userId),
    known: await listCredentials(tx, userId),
  }))
  if (!user) throw new AppError("unauthenticated")
  return registrationOptions(caller, user, { askedAs: userId, known })
}
/**
 * Keeps a new passkey. As the account's first second step it brings recovery codes and ends other sessions, which
 * began without it.
 * @throws AppError validation_failed, conflict for one that is kept already, unauthenticated when the session has just
 * been ended
 */
export async function addPasskey(
  caller: Caller,
  { name, response }: { name: string; response: PasskeyRegistration },
): Promise<{ data: Passkey; recoveryCodes: string[] | null }> {
  const { services, request } = caller
  requireSecureConnection(request, services)
  const { userId, sessionId } = requireSession(caller.identity)
  const {
    id: credentialId,
    publicKey,
    counter,
    transports = [],
  } = await verifyRegistration(caller, userId, response)
  const codes = await newRecoveryCodes()
  const now = services.now()
  const passkey = {
    id: newId(now.getTime()),
    userId,
    credentialId,
    publicKey: Buffer.from(publicKey),
    counter,
    transports,
  }
  const { data, isFirst, ended } = await inAuth(services, async (tx) => {
    await lockAccount(tx, userId)
    await confirmSession(tx, sessionId)
    const had = await hasFactor(tx, userId)
    const kept = await insertPasskey(tx, passkey, { name, now: now.toISOString() })
    if (!kept) throw new AppError("conflict", { detail: "This passkey is kept already." })
    const isFirst = (await countRecoveryCodes(tx, userId)) === 0
    if (isFirst) await replaceRecoveryCodes(tx, userId, codes.hashed)
    return { data: kept, isFirst, ended: had ? [] : await deleteOtherSessions(tx, userId, sessionId) }
  })
  announceEnded(services, ended)
  await noteAccount(services, userId, "passkey_added")
  mailFactorChange(services, userId, "passkey_added")
  return { data, recoveryCodes: isFirst ? codes.codes : null }
}
/** @throws AppError not_found */
export async function nameOwnPasskey(caller: Caller, id: string, name: string): Promise<Passkey> {
  const { userId } = requireSession(caller.identity)
  const passkey = await inAuth(caller.services, (tx) => renamePasskey(tx, userId, id, name))
  if (!passkey) throw notFound()
  return passkey
}
/** @throws AppError not_found; conflict for the only way into the account */
export async function removeOwnPasskey({ services, identity }: Caller, id: string): Promise<void> {
  const { userId, sessionId } = requireSession(identity)
  const ended = await inAuth(services, async (tx) => {
    await lockAccount(tx, userId)
    if (!(await deletePasskey(tx, userId, id))) throw notFound()
    await keepWayIn(tx, userId)
    await deleteLooseCodes(tx, userId)
    return deleteOtherSessions(tx, userId, sessionId)
  })
  announceEnded(services, ended)
  await noteAccount(services, userId, "passkey_removed")
  mailFactorChange(services, userId, "passkey_removed")
}
