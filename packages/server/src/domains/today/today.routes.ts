import { todayEndpoints } from "@regulars/contract/domains/today.endpoints.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import { readToday } from "./today.service.ts"

export const todayHandlers: Handlers = implement(todayEndpoints, {
  "GET /today": async (ctx) => ({ data: await readToday(ctx) }),
})
