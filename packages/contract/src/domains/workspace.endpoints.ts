import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { idParams } from "../kernel/entity-endpoints.ts"
import { factorCode } from "./factors.endpoints.ts"
import { fieldLimits } from "./rights.ts"
import { apiKeyScopes, languages, roles, themes } from "./workspace.ts"

export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(320)
  .regex(/^[^\s@<>]{1,64}@[^\s@<>]{1,255}$/, "is not an e-mail address")
const password = z.string().min(10, "needs at least 10 characters").max(200)
export const personName = z.string().trim().min(1).max(120)
const name = personName
const email = emailAddress
const zone = z.string().max(60).refine(isZone, "is not a time zone such as Europe/Berlin")
const currency = z.string().regex(/^[A-Z]{3}$/, "is not a currency code such as EUR")
const country = z.string().regex(/^[A-Z]{2}$/, "is not a two-letter country code")
export const linkToken = z.string().min(20).max(200)
const token = linkToken

function isZone(value: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: value }))
  } catch {
    return false
  }
}

export const workspaceSchema = z.object({
  id: z.string(),
  name: z.string(),
  country: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  language: z.enum(languages),
  createdAt: z.string(),
})
export const memberSchema = z.object({
  id: z.string(),
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  /** The built-in role, or the one the member's own role was copied from. */
  role: z.enum(roles),
  /** A role of the workspace's own, in place of the built-in one. */
  roleId: z.string().nullable(),
  language: z.enum(languages).nullable(),
  timeZone: z.string().nullable(),
  theme: z.enum(themes),
  active: z.boolean(),
  lastSeenAt: z.string().nullable(),
  createdAt: z.string(),
})
/** Who is signed in, to which workspace, and what they may do there. */
export const sessionSchema = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  workspace: workspaceSchema.nullable(),
  member: memberSchema.nullable(),
  /** Their role needs a second step: until one is set up they can do nothing else in this workspace. */
  factorNeeded: z.boolean(),
  permissions: z.array(z.string()),
  /** Fields that are hidden from them or may only be read, by entity. */
  limits: z.record(z.string(), z.record(z.string(), z.enum(fieldLimits))),
  workspaces: z.array(z.object({ id: z.string(), name: z.string(), role: z.enum(roles) })),
  /** There are others, which show once the user has proved who they are: a provider vouched for them in this one only. */
  moreWorkspaces: z.boolean(),
})
const session = z.object({ data: sessionSchema })
const members = z.object({ data: z.array(memberSchema) })
const deviceSession = z.object({
  id: z.string(),
  current: z.boolean(),
  userAgent: z.string().nullable(),
  ip: z.string().nullable(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
})
const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scope: z.enum(apiKeyScopes),
  memberId: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  /** Does not work until its member has the second step that their role needs. */
  resting: z.boolean(),
})

export const workspaceEndpoints = defineEndpoints({
  "GET /auth/state": {
    summary: "Whether anyone has set this installation up, and in which languages it speaks",
    permission: "public",
    response: z.object({
      data: z.object({
        setUp: z.boolean(),
        mail: z.boolean(),
        languages: z.array(z.string()),
        /** By which one can sign in here, where one workspace has the installation for itself. */
        provider: z.object({ id: z.string(), name: z.string() }).nullable(),
      }),
    }),
  },
  "POST /auth/set-up": {
    summary: "First start: make the workspace and its owner, and sign in",
    permission: "public",
    status: 201,
    rateLimit: 10,
    body: z.strictObject({
      workspace: z.strictObject({ name, country, currency, timeZone: zone, language: z.enum(languages) }),
      owner: z.strictObject({ name, email, password }),
    }),
    response: session,
  },
  "POST /auth/sign-in": {
    summary: "Sign in with e-mail and password, and a code where the account has a second step",
    permission: "public",
    rateLimit: 30,
    body: z.strictObject({ email, password: z.string().max(200), code: factorCode.optional() }),
    response: session,
  },
  "POST /auth/sign-out": { summary: "End this session", permission: "signedIn", status: 204 },
  "POST /auth/password/forgot": {
    summary: "Ask for a reset link by mail; answers alike whether or not the address is known",
    permission: "public",
    status: 202,
    rateLimit: 10,
    body: z.strictObject({ email }),
    response: z.object({ data: z.object({ mail: z.boolean() }) }),
  },
  "POST /auth/password/reset": {
    summary: "Set a new password with a reset link; every other session ends",
    permission: "public",
    rateLimit: 10,
    body: z.strictObject({ token, password, code: factorCode.optional() }),
    response: session,
  },
  "POST /auth/password/change": {
    summary: "Change one's own password; every other session ends",
    permission: "signedIn",
    status: 204,
    rateLimit: 10,
    body: z.strictObject({ current: z.string().max(200), password, code: factorCode.optional() }),
  },
  "GET /session": { summary: "Who is signed in", permission: "signedIn", response: session },
  "POST /session/workspace": {
    summary: "Switch this session to another workspace of the user",
    permission: "signedIn",
    body: z.strictObject({ id: z.guid() }),
    response: session,
  },
  "GET /workspace": {
    summary: "Settings of the workspace",
    permission: "workspace:read",
    response: z.object({ data: workspaceSchema }),
  },
  "PATCH /workspace": {
    summary: "Change settings of the workspace",
    permission: "workspace:update",
    body: z.strictObject({
      name: name.optional(),
      country: country.optional(),
      currency: currency.optional(),
      timeZone: zone.optional(),
      language: z.enum(languages).optional(),
    }),
    response: z.object({ data: workspaceSchema }),
  },
  "GET /members": { summary: "Members of the workspace", permission: "members:read", response: members },
  "PATCH /members/me": {
    summary: "Change one's own name, language, time zone and theme",
    permission: "workspace:read",
    body: z.strictObject({
      name: name.optional(),
      language: z.enum(languages).nullable().optional(),
      timeZone: zone.nullable().optional(),
      theme: z.enum(themes).optional(),
    }),
    response: z.object({ data: memberSchema }),
  },
  "PATCH /members/:id": {
    summary: "Change a member's role, or deactivate or reactivate them",
    permission: "members:update",
    proof: true,
    params: idParams,
    body: z
      .strictObject({
        role: z.enum(roles).optional(),
        roleId: z.guid().toLowerCase().optional(),
        active: z.boolean().optional(),
      })
      .refine(({ role, roleId }) => role === undefined || roleId === undefined, {
        message: "give either a built-in role or one of the workspace's own",
        path: ["roleId"],
      }),
    response: z.object({ data: memberSchema }),
  },
  "POST /members/:id/reset-link": {
    summary: "A password-reset link for an administrator to hand over",
    permission: "members:update",
    proof: true,
    status: 201,
    secret: true,
    params: idParams,
    response: z.object({ data: z.object({ url: z.string(), expiresAt: z.string() }) }),
  },
  "GET /sessions": {
    summary: "One's own active sessions",
    permission: "signedIn",
    response: z.object({ data: z.array(deviceSession) }),
  },
  "DELETE /sessions/:id": {
    summary: "End one of one's own sessions",
    permission: "signedIn",
    status: 204,
    params: idParams,
  },
  "GET /api-keys": {
    summary: "API keys: one's own, and everyone's for administrators",
    permission: "workspace:read",
    response: z.object({ data: z.array(apiKey) }),
  },
  "POST /api-keys": {
    summary: "Make an API key; its secret is shown once",
    permission: "apiKeys:create",
    proof: true,
    status: 201,
    secret: true,
    body: z.strictObject({
      name,
      scope: z.enum(apiKeyScopes),
      expiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
    }),
    response: z.object({ data: z.object({ ...apiKey.shape, key: z.string() }) }),
  },
  "DELETE /api-keys/:id": {
    summary: "Revoke an API key",
    permission: "apiKeys:create",
    status: 204,
    params: idParams,
  },
})

export type Session = z.output<typeof sessionSchema>
export type Workspace = z.output<typeof workspaceSchema>
export type Member = z.output<typeof memberSchema>
