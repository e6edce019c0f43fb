import { providerEndpoints } from "@regulars/contract/domains/provider.endpoints.ts"
import { implement } from "../../../kernel/http/handlers.ts"
import { requireSession } from "../sessions.ts"
import { disconnectIdentity, listOwnIdentities, providerForOwn } from "./identities.ts"
import { readProvider, removeProvider, setProvider } from "./provider-settings.ts"
import { comeBack, finishByCode, startAtProvider } from "./provider-sign-in.ts"
import { addressOf } from "./provider-way.ts"

export const providerHandlers = implement(providerEndpoints, {
  "GET /sign-in-provider": (ctx, _, exchange) => readProvider(ctx, exchange),
  "PUT /sign-in-provider": (ctx, { body }, exchange) => setProvider(ctx, body, exchange),
  "DELETE /sign-in-provider": (ctx, _, exchange) => removeProvider(ctx, exchange),
  "GET /auth/provider/:id/start": (caller, { params, query }) => startAtProvider(caller, params.id, query),
  "GET /auth/provider/callback": (caller) => comeBack(caller),
  "POST /auth/provider/finish": (caller, { body }) => finishByCode(caller, body.code),
  "GET /auth/identities": async (caller) => ({ data: await listOwnIdentities(caller) }),
  "POST /auth/identities/:id/connect": async (caller, { params }) => {
    const { sessionId } = requireSession(caller.identity)
    const provider = await providerForOwn(caller, params.id)
    const way = { providerId: provider.id, sessionId, next: "/settings/security" }
    return { data: { url: await addressOf(caller, way, provider) } }
  },
  "DELETE /auth/identities/:id": (caller, { params }) => disconnectIdentity(caller, params.id),
})
