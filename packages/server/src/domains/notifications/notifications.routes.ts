import { todayEndpoints } from "@regulars/contract/domains/today.endpoints.ts"
import { invalid } from "../../kernel/errors.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import { readCursor, writeCursor } from "../../kernel/http/time-cursor.ts"
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
