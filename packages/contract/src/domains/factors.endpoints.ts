import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { idParams } from "../kernel/entity-endpoints.ts"
import { signInWays } from "./sign-in.ts"

/** A code of the authenticator app, or a recovery code; spaces and dashes do not matter. */
export const factorCode = z.string().trim().min(6).max(40)
const recoveryCodes = z.object({ data: z.object({ recoveryCodes: z.array(z.string()) }) })
const signIns = z.array(
  z.object({
    id: z.string(),
    at: z.string(),
    how: z.enum(signInWays),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
  }),
)

/** The second step of signing in, and the proof asked for before what is dangerous. */
export const factorsEndpoints = defineEndpoints({
  "GET /auth/factors": {
    summary: "One's own second step of signing in, and how many recovery codes are left",
    permission: "signedIn",
    response: z.object({
      data: z.object({
        authenticator: z.object({ since: z.string() }).nullable(),
        recoveryCodes: z.number(),
      }),
    }),
  },
  "POST /auth/authenticator": {
    summary: "Begin to set up an authenticator app: its key, as text and for a QR code; shown once",
    permission: "signedIn",
    proof: true,
    status: 201,
    secret: true,
    rateLimit: 10,
    response: z.object({ data: z.object({ key: z.string(), url: z.string() }) }),
  },
  "POST /auth/authenticator/confirm": {
    summary:
      "Switch the second step on by a code of the app; other sessions end, recovery codes are shown once",
    permission: "signedIn",
    proof: true,
    secret: true,
    rateLimit: 20,
    body: z.strictObject({ code: factorCode }),
    response: recoveryCodes,
  },
  "DELETE /auth/authenticator": {
    summary: "Switch the second step off; other sessions end",
    permission: "signedIn",
    proof: true,
    status: 204,
  },
  "POST /auth/recovery-codes": {
    summary: "New recovery codes, shown once; those from before end",
    permission: "signedIn",
    proof: true,
    status: 201,
    secret: true,
    rateLimit: 10,
    response: recoveryCodes,
  },
  "GET /auth/sign-ins": {
    summary: "One's own last sign-ins, the newest first",
    permission: "signedIn",
    response: z.object({ data: signIns }),
  },
  "GET /members/:id/sign-ins": {
    summary:
      "A member's last sign-ins to this workspace, the newest first, and whether they have a second step",
    permission: "members:update",
    params: idParams,
    response: z.object({ data: signIns, secondStep: z.boolean() }),
  },
  "GET /auth/proof": {
    summary: "Asks for the proof ahead of what the browser fetches by itself, such as a download",
    permission: "signedIn",
    proof: true,
    status: 204,
  },
  "POST /auth/proof": {
    summary: "Prove anew who one is, for what asks for it; the session goes on under a new token",
    permission: "signedIn",
    status: 204,
    rateLimit: 20,
    body: z.strictObject({ password: z.string().max(200), code: factorCode.optional() }),
  },
})
