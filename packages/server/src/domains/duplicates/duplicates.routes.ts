import { duplicatesEndpoints } from "@regulars/contract/domains/duplicates.endpoints.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import { getOperation } from "../../kernel/operations/operations.ts"
import { startScan } from "./duplicates.jobs.ts"
import { changeSettings, decide, overview, pairsPage } from "./duplicates.service.ts"
import { startMergingCertain } from "./merge-certain.ts"
import { twinsOf } from "./twins.ts"

export const duplicatesHandlers: Handlers = implement(duplicatesEndpoints, {
  "GET /duplicates": (ctx, { query }) => pairsPage(ctx, query),
  "GET /duplicates/count": async (ctx) => ({ data: await overview(ctx) }),
  "POST /duplicates/scan": async (ctx) => ({ data: await getOperation(ctx, await startScan(ctx)) }),
  "POST /duplicates/merge": async (ctx, { body }) => ({
    data: await getOperation(ctx, await startMergingCertain(ctx, body.entity)),
  }),
  "PATCH /duplicates/settings": async (ctx, { body }) => ({ data: changeSettings(ctx, body) }),
  "POST /duplicates/:id/decide": async (ctx, { params, body }) => ({
    data: await decide(ctx, params.id, body.decision),
  }),
  "POST /people/twins": async (ctx, { body }) => ({ data: await twinsOf(ctx, "people", body.values) }),
  "POST /companies/twins": async (ctx, { body }) => ({ data: await twinsOf(ctx, "companies", body.values) }),
})
