import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { idParams } from "../kernel/entity-endpoints.ts"
import { factorCode } from "./factors.endpoints.ts"
import { assertion, passkeyName, passkeyOptions, registration } from "./passkeys.endpoints.ts"
import { emailAddress, linkToken, personName, sessionSchema } from "./workspace.endpoints.ts"
import { roles } from "./workspace.ts"

const invitation = z.object({
  id: z.string(),
  email: z.string(),
  role: z.enum(roles),
  roleId: z.string().nullable(),
  invitedBy: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
})
const session = z.object({ data: sessionSchema })

/** Invitations to a workspace, and the ways to accept one. */
export const invitationsEndpoints = defineEndpoints({
  "GET /invitations": {
    summary: "Open invitations",
    permission: "members:update",
    response: z.object({ data: z.array(invitation) }),
  },
  "POST /invitations": {
    summary: "Invite someone by link; mailed too where mail is set up",
    permission: "members:update",
    proof: true,
    status: 201,
    secret: true,
    body: z
      .strictObject({
        email: emailAddress,
        role: z.enum(roles).optional(),
        roleId: z.guid().toLowerCase().optional(),
      })
      .refine(({ role, roleId }) => (role === undefined) !== (roleId === undefined), {
        message: "give either a built-in role or one of the workspace's own",
        path: ["role"],
      }),
    response: z.object({ data: z.object({ ...invitation.shape, url: z.string() }) }),
  },
  "DELETE /invitations/:id": {
    summary: "Withdraw an invitation",
    permission: "members:update",
    status: 204,
    params: idParams,
  },
  "POST /auth/invitations/look": {
    summary: "What an invitation link is for",
    permission: "public",
    rateLimit: 30,
    body: z.strictObject({ token: linkToken }),
    response: z.object({
      data: z.object({
        workspace: z.string(),
        email: z.string(),
        role: z.enum(roles),
        /** Of a role of the workspace's own, in place of the built-in one. */
        roleName: z.string().nullable(),
        hasAccount: z.boolean(),
        /** The provider by which it can be accepted with a new account, as it is called. */
        provider: z.string().nullable(),
      }),
    }),
  },
  "POST /auth/invitations/accept": {
    summary: "Accept an invitation: a new account with a password, or sign in to an existing one",
    permission: "public",
    rateLimit: 10,
    body: z.strictObject({
      token: linkToken,
      name: personName.optional(),
      password: z.string().max(200),
      code: factorCode.optional(),
    }),
    response: session,
  },
  "POST /auth/invitations/provider": {
    summary:
      "Accept an invitation with a new account that the workspace's provider opens: the address to open",
    permission: "public",
    rateLimit: 20,
    body: z.strictObject({ token: linkToken, name: personName }),
    response: z.object({ data: z.object({ url: z.string() }) }),
  },
  "POST /auth/invitations/passkey/options": {
    summary: "Begin to accept an invitation with a passkey and no password: what the browser is to be asked",
    permission: "public",
    rateLimit: 20,
    body: z.strictObject({ token: linkToken, name: personName }),
    response: passkeyOptions,
  },
  "POST /auth/invitations/passkey/new": {
    summary:
      "Accept an invitation with a new account and the passkey made for it; recovery codes are shown once",
    permission: "public",
    secret: true,
    rateLimit: 10,
    body: z.strictObject({
      token: linkToken,
      name: personName,
      passkey: z.strictObject({ name: passkeyName, response: registration }),
    }),
    response: z.object({ data: sessionSchema, recoveryCodes: z.array(z.string()) }),
  },
  "POST /auth/invitations/passkey": {
    summary: "Accept an invitation by a passkey of the account there is",
    permission: "public",
    rateLimit: 10,
    body: z.strictObject({ token: linkToken, response: assertion }),
    response: z.object({ data: sessionSchema }),
  },
})
