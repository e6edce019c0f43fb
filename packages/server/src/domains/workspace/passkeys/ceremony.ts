import type { PasskeyAssertion, PasskeyRegistration } from "@regulars/contract/domains/passkeys.endpoints.ts"
import {
  type AuthenticatorTransport,
  generateRegistrationOptions,
  type VerifiedRegistrationResponse,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server"
import { invalid } from "../../../kernel/errors.ts"
import type { Caller } from "../../../kernel/http/handlers.ts"
import { originOf } from "../../../kernel/http/security.ts"
import { inAuth } from "../auth.queries.ts"
import { hashOf, newToken } from "../tokens.ts"
import { insertChallenge, type StoredPasskey, takeChallenge } from "./passkeys.queries.ts"

/** Kinds of keys that every browser knows: EdDSA, ES256 and RS256, by their numbers in COSE. */
const keyKinds = [-8, -7, -257]
/** Milliseconds a browser may take to answer. */
const patience = 5 * 60_000

/** The site passkeys are for: the address people use, and its host. They know no other one. */
export function siteOf({ request, services }: Pick<Caller, "request" | "services">): {
  origin: string
  host: string
} {
  const { origin, hostname } = new URL(originOf(request, services.config))
  return { origin, host: hostname }
}
/** What a device signs, once and soon. */
export async function newChallenge(
  { services }: Caller,
  userId: string | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = newToken()
  const now = services.now()
  const expiresAt = new Date(now.getTime() + patience).toISOString()
  await inAuth(services, (tx) =>
    insertChallenge(tx, hashOf(challenge), { userId, now: now.toISOString(), expiresAt }),
  )
  return new Uint8Array(Buffer.from(challenge, "base64url"))
}
function isOurs({ services }: Caller, userId: string | null): (challenge: string) => Promise<boolean> {
  return (challenge) =>
    inAuth(services, (tx) => takeChallenge(tx, hashOf(challenge), userId, services.now().toISOString()))
}

type Registered = NonNullable<VerifiedRegistrationResponse["registrationInfo"]>["credential"]
/**
 * What a browser is to be asked for a new passkey: one that knows its owner, and is found without their name.
 * `askedAs`: whose session asks; null where nobody is signed in.
 */
export async function registrationOptions(
  caller: Caller,
  user: { id: string; email: string; name: string },
  { askedAs, known }: { askedAs: string | null; known: readonly Credential[] },
): Promise<Record<string, unknown>> {
  const options = await generateRegistrationOptions({
    rpName: "Regulars",
    rpID: siteOf(caller).host,
    userName: user.email,
    userDisplayName: user.name,
    userID: new Uint8Array(Buffer.from(user.id)),
    challenge: await newChallenge(caller, askedAs),
    attestationType: "none",
    supportedAlgorithmIDs: keyKinds,
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  })
  return { ...options }
}
type Credential = Pick<StoredPasskey, "credentialId" | "transports">

/** @throws AppError validation_failed for anything but a fresh answer of a device that knew its owner */
export async function verifyRegistration(
  caller: Caller,
  userId: string | null,
  response: PasskeyRegistration,
): Promise<Registered> {
  const { origin, host } = siteOf(caller)
  const { transports, ...answer } = response.response
  const result = await verifyRegistrationResponse({
    response: {
      ...response,
      clientExtensionResults: {},
      response: { ...answer, transports: transports as AuthenticatorTransport[] | undefined },
    },
    expectedChallenge: isOurs(caller, userId),
    expectedOrigin: origin,
    expectedRPID: host,
    requireUserVerification: true,
    supportedAlgorithmIDs: keyKinds,
  }).catch((error: unknown) => {
    caller.services.log.warn({ reason: String(error) }, "a passkey was refused")
    return undefined
  })
  if (!result?.verified) throw invalid("response", "bad_passkey", "is not what was asked for")
  return result.registrationInfo.credential
}
/** The counter a passkey shows with a fresh answer; undefined for any other answer. `userId`: whose challenge it was. */
export async function verifyAssertion(
  caller: Caller,
  passkey: StoredPasskey,
  userId: string | null,
  response: PasskeyAssertion,
): Promise<number | undefined> {
  const { origin, host } = siteOf(caller)
  const { userHandle } = response.response
  if (userHandle !== undefined && Buffer.from(userHandle, "base64url").toString() !== passkey.userId)
    return undefined
  const result = await verifyAuthenticationResponse({
    response: { ...response, clientExtensionResults: {} },
    expectedChallenge: isOurs(caller, userId),
    expectedOrigin: origin,
    expectedRPID: host,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: passkey.counter,
    },
  }).catch((error: unknown) => {
    caller.services.log.warn({ reason: String(error) }, "a passkey was refused")
    return undefined
  })
  return result?.verified ? result.authenticationInfo.newCounter : undefined
}
