import { generalEndpoints } from "@regulars/contract/domains/general.endpoints.ts"
import { type Handlers, implement } from "../http/handlers.ts"
import { readCursor, writeCursor } from "../http/time-cursor.ts"
import { cancelOperation, getOperation, listOperations } from "./operations.ts"
import { startUndo } from "./undo.ts"
import { previewUndo } from "./undo-preview.ts"

export const operationHandlers: Handlers = implement(generalEndpoints, {
  "GET /operations": async (ctx, { query }) => {
    const { kinds, memberId, cursor } = query
    const before = cursor === undefined ? undefined : readCursor(cursor)
    const rows = await listOperations(ctx, { kinds, memberId, before, limit: query.limit + 1 })
    const data = rows.slice(0, query.limit)
    const last = data.at(-1)
    return { data, page: { next: rows.length > query.limit && last ? writeCursor(last) : null } }
  },
  "GET /operations/:id": async (ctx, { params }) => ({ data: await getOperation(ctx, params.id) }),
  "POST /operations/:id/cancel": async (ctx, { params }) => ({ data: await cancelOperation(ctx, params.id) }),
  "GET /operations/:id/undo-preview": async (ctx, { params }) => ({
    data: await previewUndo(ctx, params.id),
  }),
  "POST /operations/:id/undo": async (ctx, { params }) => ({ data: await startUndo(ctx, params.id) }),
})
