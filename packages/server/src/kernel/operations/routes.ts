import { generalEndpoints, type Operation } from "@regulars/contract/domains/general.endpoints.ts"
import { invalid } from "../errors.ts"
import { type Handlers, implement } from "../http/handlers.ts"
import { cancelOperation, getOperation, listOperations } from "./operations.ts"
import { startUndo } from "./undo.ts"

export const operationHandlers: Handlers = implement(generalEndpoints, {
  "GET /operations": async (ctx, { query }) => {
    const rows = await listOperations(
      ctx,
      query.limit + 1,
      query.cursor === undefined ? undefined : readCursor(query.cursor),
    )
    const data = rows.slice(0, query.limit)
    const last = data.at(-1)
    return { data, page: { next: rows.length > query.limit && last ? writeCursor(last) : null } }
  },
  "GET /operations/:id": async (ctx, { params }) => ({ data: await getOperation(ctx, params.id) }),
  "POST /operations/:id/cancel": async (ctx, { params }) => ({ data: await cancelOperation(ctx, params.id) }),
  "POST /operations/:id/undo": async (ctx, { params }) => ({ data: await startUndo(ctx, params.id) }),
})

function writeCursor({ createdAt, id }: Operation): string {
  return Buffer.from(`${createdAt} ${id}`).toString("base64url")
}
function readCursor(text: string): { createdAt: string; id: string } {
  const [createdAt = "", id = ""] = Buffer.from(text, "base64url").toString().split(" ")
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(createdAt) || !/^[0-9a-f-]{36}$/.test(id))
    throw invalid("cursor", "invalid_cursor", "is not a cursor of this list")
  return { createdAt, id }
}
