import { pipelinesEndpoints } from "@regulars/contract/domains/pipelines.endpoints.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import { cloneDeal, stagesOf } from "./deals.service.ts"
import {
  addPipeline,
  addStage,
  changePipeline,
  changeStage,
  listPipelines,
  removePipeline,
  removeStage,
} from "./pipelines.service.ts"

export const dealsHandlers: Handlers = implement(pipelinesEndpoints, {
  "GET /pipelines": async (ctx) => ({ data: listPipelines(ctx) }),
  "POST /pipelines": async (ctx, { body }) => ({ data: addPipeline(ctx, body) }),
  "PATCH /pipelines/:id": async (ctx, { params, body }) => ({ data: changePipeline(ctx, params.id, body) }),
  "DELETE /pipelines/:id": (ctx, { params, query }) => removePipeline(ctx, params.id, query.moveTo),
  "POST /pipelines/:id/stages": async (ctx, { params, body }) => ({ data: addStage(ctx, params.id, body) }),
  "PATCH /pipelines/:id/stages/:stage": async (ctx, { params, body }) => ({
    data: await changeStage(ctx, params.id, params.stage, body),
  }),
  "DELETE /pipelines/:id/stages/:stage": (ctx, { params, query }) =>
    removeStage(ctx, params.id, params.stage, query.moveTo),
  "GET /deals/:id/stages": async (ctx, { params }) => ({ data: await stagesOf(ctx, params.id) }),
  "POST /deals/:id/clone": async (ctx, { params, body }) => ({
    data: await cloneDeal(ctx, params.id, body.name),
  }),
})
