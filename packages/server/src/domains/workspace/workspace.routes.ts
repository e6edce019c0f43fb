import { workspaceEndpoints } from "@regulars/contract/domains/workspace.endpoints.ts"
import { languages } from "@regulars/contract/domains/workspace.ts"
import { implement } from "../../kernel/http/handlers.ts"
import { listVisibleKeys, makeApiKey, revokeApiKey } from "./api-keys.ts"
import { allMembers, changeMember, changeOwnMember, changeWorkspace, readWorkspace } from "./members.ts"
import { forgotPassword, makeResetLink, resetPassword } from "./password-reset.ts"
import { onlyProvider } from "./provider/provider-settings.ts"
import { endOwnSession, listOwnSessions, readSession, requireSession, switchWorkspace } from "./sessions.ts"
import { isSetUp, setUp } from "./set-up.ts"
import { changePassword, signIn } from "./sign-in.ts"
import { canMailLinks } from "./workspace.mails.ts"

export const workspaceHandlers = implement(workspaceEndpoints, {
  "GET /auth/state": async (caller) => ({
    data: {
      setUp: await isSetUp(caller.services),
      mail: canMailLinks(caller),
      languages: [...languages],
      provider: await onlyProvider(caller.services),
    },
  }),
  "POST /auth/set-up": async (caller, { body }) => ({ data: await setUp(caller, body) }),
  "POST /auth/sign-in": async (caller, { body }) => ({ data: await signIn(caller, body) }),
  "POST /auth/sign-out": async (caller) =>
    void (await endOwnSession(caller, requireSession(caller.identity).sessionId)),
  "POST /auth/password/forgot": async (caller, { body }) => ({
    data: await forgotPassword(caller, body.email),
  }),
  "POST /auth/password/reset": async (caller, { body }) => ({ data: await resetPassword(caller, body) }),
  "POST /auth/password/change": async (caller, { body }) => void (await changePassword(caller, body)),

  "GET /session": async ({ services, identity }) => ({ data: await readSession(services, identity!) }),
  "POST /session/workspace": async (caller, { body }) => ({ data: await switchWorkspace(caller, body.id) }),
  "GET /sessions": async (caller) => ({ data: await listOwnSessions(caller) }),
  "DELETE /sessions/:id": async (caller, { params }) => void (await endOwnSession(caller, params.id)),

  "GET /workspace": async (ctx) => ({ data: await readWorkspace(ctx) }),
  "PATCH /workspace": async (ctx, { body }) => ({ data: await changeWorkspace(ctx, body) }),
  "GET /members": async (ctx) => ({ data: await allMembers(ctx) }),
  "PATCH /members/me": async (ctx, { body }) => ({ data: await changeOwnMember(ctx, body) }),
  "PATCH /members/:id": async (ctx, { params, body }) => ({ data: await changeMember(ctx, params.id, body) }),
  "POST /members/:id/reset-link": async (ctx, { params }, exchange) => ({
    data: await makeResetLink(ctx, params.id, exchange),
  }),

  "GET /api-keys": async (ctx) => ({ data: await listVisibleKeys(ctx) }),
  "POST /api-keys": async (ctx, { body }, exchange) => ({ data: await makeApiKey(ctx, body, exchange) }),
  "DELETE /api-keys/:id": async (ctx, { params }) => void (await revokeApiKey(ctx, params.id)),
})
