import { fieldsEndpoints } from "@regulars/contract/domains/fields.endpoints.ts"
import { versionOf } from "../../kernel/http/entity-handlers.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import { createField, listFields, previewChange, removeField, restoreField } from "./fields.service.ts"
import { updateField } from "./update-field.ts"

export const fieldsHandlers: Handlers = implement(fieldsEndpoints, {
  "GET /fields": async (ctx, { query }) => ({
    data: await listFields(ctx, { entity: query.entity, deleted: query.deleted === "true" }),
  }),
  "POST /fields": async (ctx, { body }) => ({ data: await createField(ctx, body) }),
  "PATCH /fields/:id": async (ctx, { params, body }, { request }) => ({
    data: await updateField(ctx, params.id, body, versionOf(request)),
  }),
  "DELETE /fields/:id": (ctx, { params }) => removeField(ctx, params.id),
  "POST /fields/:id/restore": async (ctx, { params }) => ({ data: await restoreField(ctx, params.id) }),
  "POST /fields/:id/preview": async (ctx, { params, body }) => ({
    data: await previewChange(ctx, params.id, body),
  }),
})
