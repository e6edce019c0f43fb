import { todayEndpoints } from "@regulars/contract/domains/today.endpoints.ts"
import { invalid } from "../../kernel/errors.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import { listNotifications, markNotificationsRead, unreadNotifications } from "./notifications.service.ts"

export const notificationsHandlers: Handlers = implement(todayEndpoints, {
  "GET /notifications": async (ctx, { query }) => {
    const before = query.cursor === undefined ? undefined : readCursor(query.cursor)
    const { data, next } = await listNotifications(ctx, query.limit, before)
    return { data, page: { next: next ? writeCursor(next) : null }, unread: await unreadNotifications(ctx) }
  },
  "POST /notifications/read": async (ctx, { body }) => {
    if ((body.ids === undefined) === (body.all === undefined))
      throw invalid("ids", "one_of", "give either ids or all")
    await markNotificationsRead(ctx, body.ids ?? "all")
    return { data: { unread: await unreadNotifications(ctx) } }
  },
})

function writeCursor({ createdAt, id }: { createdAt: string; id: string }): string {
  return Buffer.from(`${createdAt} ${id}`).toString("base64url")
}
function readCursor(text: string): { createdAt: string; id: string } {
  const [createdAt = "", id = ""] = Buffer.from(text, "base64url").toString().split(" ")
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(createdAt) || !/^[0-9a-f-]{36}$/.test(id))
    throw invalid("cursor", "invalid_cursor", "is not a cursor of this list")
  return { createdAt, id }
}
