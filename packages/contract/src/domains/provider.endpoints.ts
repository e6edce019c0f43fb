import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { idParams } from "../kernel/entity-endpoints.ts"
import { factorCode } from "./factors.endpoints.ts"
import { sessionSchema } from "./workspace.endpoints.ts"

const settings = z.object({
  id: z.string(),
  /** As it is called on the button. */
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
})
const addresses = z.object({
  /** What the provider has to know as the place to come back to. */
  callback: z.string(),
  /** Where signing in by the provider begins; null without one. */
  start: z.string().nullable(),
})
const provider = z.object({ data: settings.nullable(), addresses })
const text = z.string().trim().min(1)

/** Signing in by a provider of the workspace's own, by OpenID Connect. */
export const providerEndpoints = defineEndpoints({
  "GET /sign-in-provider": {
    summary: "The provider by which members can sign in",
    permission: "signIn:manage",
    response: provider,
  },
  "PUT /sign-in-provider": {
    summary:
      "Set the provider, which is asked first whether it is there; with another issuer or client it is a new one, to which nobody is connected",
    permission: "signIn:manage",
    proof: true,
    rateLimit: 20,
    body: z.strictObject({
      name: text.max(60),
      issuer: z.url({ protocol: /^https?$/ }).max(500),
      clientId: text.max(300),
      /** May be left out while issuer and client stay. */
      clientSecret: text.max(1000).optional(),
    }),
    response: provider,
  },
  "DELETE /sign-in-provider": {
    summary: "Take the provider away; sessions go on, and everybody signs in by password again",
    permission: "signIn:manage",
    proof: true,
    status: 204,
  },
  "GET /auth/provider/:id/start": {
    summary: "Sends the browser to the provider, to sign in",
    permission: "public",
    rateLimit: 30,
    params: idParams,
    query: z.object({
      next: z.string().max(2000).optional(),
      /** The provider is asked to ask who is there, though it may know. */
      fresh: z.literal("true").optional(),
    }),
    raw: true,
  },
  "GET /auth/provider/callback": {
    summary: "Where the provider sends the browser back to",
    permission: "public",
    rateLimit: 30,
    raw: true,
  },
  "POST /auth/provider/finish": {
    summary: "The code, where an account that the provider vouched for has a second step",
    permission: "public",
    rateLimit: 30,
    body: z.strictObject({ code: factorCode }),
    response: z.object({ data: sessionSchema, next: z.string() }),
  },
  "GET /auth/identities": {
    summary: "The providers of one's own workspaces, and to which of them the account is connected",
    permission: "signedIn",
    response: z.object({
      data: z.array(z.object({ id: z.string(), name: z.string(), connectedAt: z.string().nullable() })),
    }),
  },
  "POST /auth/identities/:id/connect": {
    summary: "Begin to connect one's account to a provider: the address to open",
    permission: "signedIn",
    proof: true,
    rateLimit: 20,
    params: idParams,
    response: z.object({ data: z.object({ url: z.string() }) }),
  },
  "DELETE /auth/identities/:id": {
    summary: "Disconnect one's account from a provider",
    permission: "signedIn",
    proof: true,
    status: 204,
    params: idParams,
  },
})
export type SignInProvider = z.output<typeof settings>
