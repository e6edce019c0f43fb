import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { idParams } from "../kernel/entity-endpoints.ts"
import { sessionSchema } from "./workspace.endpoints.ts"

export const passkeyName = z.string().trim().min(1).max(60)
const name = passkeyName
const bytes = z.string().regex(/^[\w-]*$/, "is not base64url")
const credential = { id: bytes.max(1400), rawId: bytes.max(1400), type: z.literal("public-key") }
/** What a browser answers, as WebAuthn writes it in JSON. */
export const registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes.max(8000),
    attestationObject: bytes.max(20_000),
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
})
export const assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes.max(8000),
    authenticatorData: bytes.max(8000),
    signature: bytes.max(8000),
    userHandle: bytes.max(200).optional(),
  }),
})
const passkey = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  usedAt: z.string().nullable(),
})
/** What the browser is to be asked, as WebAuthn writes it in JSON. */
export const passkeyOptions = z.object({ data: z.record(z.string(), z.unknown()) })

/** Passkeys: signing in by a device or a security key, without password. */
export const passkeysEndpoints = defineEndpoints({
  "GET /auth/passkeys": {
    summary: "One's own passkeys",
    permission: "signedIn",
    response: z.object({ data: z.array(passkey) }),
  },
  "POST /auth/passkeys/options": {
    summary: "Begin to make a passkey: what the browser is to be asked",
    permission: "signedIn",
    proof: true,
    rateLimit: 20,
    response: passkeyOptions,
  },
  "POST /auth/passkeys": {
    summary:
      "Keep a new passkey; it is a second step as well. With the first one come recovery codes, shown once, and other sessions end",
    permission: "signedIn",
    proof: true,
    status: 201,
    secret: true,
    rateLimit: 20,
    body: z.strictObject({ name, response: registration }),
    response: z.object({ data: passkey, recoveryCodes: z.array(z.string()).nullable() }),
  },
  "PATCH /auth/passkeys/:id": {
    summary: "Rename a passkey",
    permission: "signedIn",
    params: idParams,
    body: z.strictObject({ name }),
    response: z.object({ data: passkey }),
  },
  "DELETE /auth/passkeys/:id": {
    summary: "Remove a passkey; other sessions end",
    permission: "signedIn",
    proof: true,
    status: 204,
    params: idParams,
  },
  "POST /auth/passkey/options": {
    summary: "Begin to sign in, or to prove who one is, by a passkey: what the browser is to be asked",
    permission: "public",
    rateLimit: 60,
    response: passkeyOptions,
  },
  "POST /auth/passkey/sign-in": {
    summary: "Sign in by a passkey alone",
    permission: "public",
    rateLimit: 30,
    body: z.strictObject({ response: assertion }),
    response: z.object({ data: sessionSchema }),
  },
  "POST /auth/passkey/proof": {
    summary: "Prove anew who one is by a passkey, as POST /auth/proof does by password",
    permission: "signedIn",
    status: 204,
    rateLimit: 20,
    body: z.strictObject({ response: assertion }),
  },
})
export type Passkey = z.output<typeof passkey>
export type PasskeyRegistration = z.output<typeof registration>
export type PasskeyAssertion = z.output<typeof assertion>
