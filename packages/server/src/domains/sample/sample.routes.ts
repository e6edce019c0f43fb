import { sampleEndpoints } from "@regulars/contract/domains/sample.endpoints.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import { loadSample, sampleState } from "./load-sample.ts"
import { removeSample } from "./remove-sample.ts"

export const sampleHandlers: Handlers = implement(sampleEndpoints, {
  "GET /sample": async (ctx) => ({ data: await sampleState(ctx) }),
  "POST /sample": async (ctx, { body }) => ({ data: await loadSample(ctx, body.name) }),
  "DELETE /sample": async (ctx, { query }) => ({
    data: await removeSample(ctx, { changed: query.changed === "true" }),
  }),
})
