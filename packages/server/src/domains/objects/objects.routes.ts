import { objectsEndpoints } from "@regulars/contract/domains/objects.endpoints.ts"
import { versionOf } from "../../kernel/http/entity-handlers.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import {
  createObjectType,
  listObjectTypes,
  removeObjectType,
  restoreObjectType,
  updateObjectType,
} from "./objects.service.ts"

export const objectsHandlers: Handlers = implement(objectsEndpoints, {
  "GET /object-types": async (ctx, { query }) => ({
    data: await listObjectTypes(ctx, { deleted: query.deleted === "true" }),
  }),
  "POST /object-types": async (ctx, { body }) => ({ data: await createObjectType(ctx, body) }),
  "PATCH /object-types/:id": async (ctx, { params, body }, { request }) => ({
    data: await updateObjectType(ctx, params.id, body, versionOf(request)),
  }),
  "DELETE /object-types/:id": (ctx, { params }) => removeObjectType(ctx, params.id),
  "POST /object-types/:id/restore": (ctx, { params }) => restoreObjectType(ctx, params.id),
})
