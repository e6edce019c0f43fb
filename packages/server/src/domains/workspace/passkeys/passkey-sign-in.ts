import type { PasskeyAssertion } from "@regulars/contract/domains/passkeys.endpoints.ts"
import type { Session } from "@regulars/contract/domains/workspace.endpoints.ts"
import { generateAuthenticationOptions } from "@simplewebauthn/server"
import { AppError } from "../../../kernel/errors.ts"
import type { Caller } from "../../../kernel/http/handlers.ts"
import { holdAccount, inAuth } from "../auth.queries.ts"
import { requireSecureConnection } from "../cookies.ts"
import { renewSession } from "../proof.ts"
import { noteAccount } from "../security-log.ts"
import { beginSession, requireSession } from "../sessions.ts"
import { newChallenge, siteOf, verifyAssertion } from "./ceremony.ts"
import { findPasskey, type StoredPasskey, usePasskey } from "./passkeys.queries.ts"

/** What the browser is to be asked: for any passkey of this site, which tells by itself whose it is. */
export async function askForPasskey(caller: Caller): Promise<Record<string, unknown>> {
  requireSecureConnection(caller.request, caller.services)
  const options = await generateAuthenticationOptions({
    rpID: siteOf(caller).host,
    challenge: await newChallenge(caller, caller.identity?.sessionId ? caller.identity.userId : null),
    userVerification: "required",
  })
  return { ...options }
}
/**
 * Signs in by a passkey alone: the device is one factor, and that it knew its owner the other.
 * @throws AppError sign_in_failed
 */
export async function signInByPasskey(caller: Caller, response: PasskeyAssertion): Promise<Session> {
  const { services, request } = caller
  requireSecureConnection(request, services)
  // A browser whose session goes on was asked as whoever that is.
  const asked = caller.identity?.sessionId ? caller.identity.userId : null
  const { passkey, counter } = await provenPasskey(caller, asked, response)
  const { userId } = passkey
  return beginSession(caller, async (tx) => {
    await holdAccount(tx, userId)
    if (!(await usePasskey(tx, passkey, counter, services.now().toISOString()))) throw unknownPasskey()
    return { userId, proof: "passkey" }
  })
}
/**
 * Proves anew who has the session. It goes on under a new token.
 * @throws AppError sign_in_failed, also for somebody else's passkey
 */
export async function proveByPasskey(caller: Caller, response: PasskeyAssertion): Promise<void> {
  const { services, request } = caller
  requireSecureConnection(request, services)
  const { userId } = requireSession(caller.identity)
  const { passkey, counter } = await provenPasskey(caller, userId, response)
  if (passkey.userId !== userId) throw unknownPasskey()
  await renewSession(caller, "passkey", async (tx) => {
    if (!(await usePasskey(tx, passkey, counter, services.now().toISOString()))) throw unknownPasskey()
  })
}
/** @throws AppError sign_in_failed */
export async function provenPasskey(
  caller: Caller,
  asked: string | null,
  response: PasskeyAssertion,
): Promise<{ passkey: StoredPasskey; counter: number }> {
  const passkey = await inAuth(caller.services, (tx) => findPasskey(tx, response.id))
  if (!passkey) throw unknownPasskey()
  const counter = await verifyAssertion(caller, passkey, asked, response)
  if (counter === undefined) {
    await noteAccount(caller.services, passkey.userId, "passkey_failed")
    throw unknownPasskey()
  }
  return { passkey, counter }
}
export function unknownPasskey(): AppError {
  return new AppError("sign_in_failed", { detail: "This passkey is not known here, or took too long." })
}
