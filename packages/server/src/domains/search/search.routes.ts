import { generalEndpoints } from "@regulars/contract/domains/general.endpoints.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import { search } from "./search.service.ts"

export const searchHandlers: Handlers = implement(generalEndpoints, {
  "GET /search": async (ctx, { query }) => ({ data: await search(ctx, query) }),
})
