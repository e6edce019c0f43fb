import { viewsEndpoints } from "@regulars/contract/domains/views.endpoints.ts"
import { versionOf } from "../../kernel/http/entity-handlers.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import {
  chooseDefault,
  createView,
  defaultsOf,
  listViews,
  pinView,
  removeView,
  restoreView,
  updateView,
} from "./views.service.ts"

export const viewsHandlers: Handlers = implement(viewsEndpoints, {
  "GET /views": async (ctx, { query }) => {
    const wanted = { entity: query.entity, deleted: query.deleted === "true" }
    const [data, defaults] = await Promise.all([listViews(ctx, wanted), defaultsOf(ctx)])
    return { data, defaults }
  },
  "POST /views": async (ctx, { body }) => ({ data: await createView(ctx, body) }),
  "PATCH /views/:id": async (ctx, { params, body }, { request }) => ({
    data: await updateView(ctx, params.id, body, versionOf(request)),
  }),
  "DELETE /views/:id": (ctx, { params }) => removeView(ctx, params.id),
  "POST /views/:id/restore": async (ctx, { params }) => ({ data: await restoreView(ctx, params.id) }),
  "PATCH /views/:id/pin": async (ctx, { params, body }) => ({ data: await pinView(ctx, params.id, body) }),
  "POST /views/default": async (ctx, { body }) => {
    await chooseDefault(ctx, body)
    return { data: await defaultsOf(ctx) }
  },
})
