import type { PasskeyAssertion, PasskeyRegistration } from "@regulars/contract/domains/passkeys.endpoints.ts"
import type { Session } from "@regulars/contract/domains/workspace.endpoints.ts"
import { AppError } from "../../../kernel/errors.ts"
import type { Caller } from "../../../kernel/http/handlers.ts"
import { newId } from "../../../kernel/ids.ts"
import { openInvitation, openNewInvitation, takePlace } from "../accept-invitation.ts"
import { holdAccount } from "../auth.queries.ts"
import { requireSecureConnection } from "../cookies.ts"
import { replaceRecoveryCodes } from "../factors.queries.ts"
import { newRecoveryCodes } from "../one-time-codes.ts"
import { noteAccount } from "../security-log.ts"
import { beginSession } from "../sessions.ts"
import { registrationOptions, verifyRegistration } from "./ceremony.ts"
import { provenPasskey, unknownPasskey } from "./passkey-sign-in.ts"
import { insertPasskey, usePasskey } from "./passkeys.queries.ts"

/**
 * What the browser is to be asked to accept an invitation with a passkey and no password. A passkey knows the id of
 * its account, so the account gets the invitation's.
 * @throws AppError not_found for a link that is no good, conflict where the address has an account
 */
export async function beginInvitedPasskey(
  caller: Caller,
  { token, name }: { token: string; name: string },
): Promise<Record<string, unknown>> {
  requireSecureConnection(caller.request, caller.services)
  const { id, email } = await openNewInvitation(caller.services, token)
  return registrationOptions(caller, { id, email, name }, { askedAs: null, known: [] })
}
/**
 * Accepts an invitation by a passkey made for it: the account has no password, and recovery codes as with any first
 * passkey.
 * @throws AppError validation_failed, not_found, conflict
 */
export async function acceptWithNewPasskey(
  caller: Caller,
  {
    token,
    name,
    passkey,
  }: { token: string; name: string; passkey: { name: string; response: PasskeyRegistration } },
): Promise<{ data: Session; recoveryCodes: string[] }> {
  const { services, request } = caller
  requireSecureConnection(request, services)
  const { id, email } = await openNewInvitation(services, token)
  const made = await verifyRegistration(caller, null, passkey.response)
  const { codes, hashed } = await newRecoveryCodes()
  const user = { id, email, name, passwordHash: null }
  const data = await beginSession(caller, async (tx) => {
    const now = services.now().toISOString()
    const workspaceId = await takePlace(tx, id, { user, isNew: true }, now)
    const kept = await insertPasskey(
      tx,
      {
        id: newId(services.now().getTime()),
        userId: id,
        credentialId: made.id,
        publicKey: Buffer.from(made.publicKey),
        counter: made.counter,
        transports: made.transports ?? [],
      },
      { name: passkey.name, now },
    )
    if (!kept) throw new AppError("conflict", { detail: "This passkey is kept already." })
    await replaceRecoveryCodes(tx, id, hashed)
    return { userId: id, workspaceId, proof: "passkey" }
  })
  await noteAccount(services, id, "invitation_accepted")
  await noteAccount(services, id, "passkey_added")
  return { data, recoveryCodes: codes }
}
/**
 * Accepts an invitation by a passkey of the account there is.
 * @throws AppError not_found, conflict; sign_in_failed, also for somebody else's passkey
 */
export async function acceptByPasskey(
  caller: Caller,
  { token, response }: { token: string; response: PasskeyAssertion },
): Promise<Session> {
  const { services, request } = caller
  requireSecureConnection(request, services)
  const { invitation, account: user } = await openInvitation(services, token)
  const asked = caller.identity?.sessionId ? caller.identity.userId : null
  const { passkey, counter } = await provenPasskey(caller, asked, response)
  if (!user || passkey.userId !== user.id) throw unknownPasskey()
  const session = await beginSession(caller, async (tx) => {
    const now = services.now().toISOString()
    const workspaceId = await takePlace(tx, invitation.id, { user, isNew: false }, now)
    await holdAccount(tx, user.id)
    if (!(await usePasskey(tx, passkey, counter, now))) throw unknownPasskey()
    return { userId: user.id, workspaceId, proof: "passkey" }
  })
  await noteAccount(services, user.id, "invitation_accepted")
  return session
}
