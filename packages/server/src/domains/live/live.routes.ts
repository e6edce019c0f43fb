import { generalEndpoints } from "@regulars/contract/domains/general.endpoints.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import type { Membership } from "../../kernel/http/identity.ts"
import { createAuthenticator } from "../workspace/index.ts"
import { openStream } from "./stream.ts"

export const liveHandlers: Handlers = implement(generalEndpoints, {
  "GET /stream": async ({ services }, _, { request, reply, identity }) =>
    openStream({
      services,
      request,
      reply,
      identity,
      membership: identity.membership as Membership,
      authenticate: createAuthenticator(services, { isUse: false }),
    }),
})
