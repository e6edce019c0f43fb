import { orders as declared } from "@regulars/contract/domains/orders.ts"
import { mayWrite } from "../../kernel/access/usable.ts"
import type { DomainParts, EntityRules } from "../../kernel/context.ts"
import { completeOrders } from "./complete-orders.ts"
import { boughtBy, moveStories, storyEvents, tellFacts } from "./order-events.ts"
import { followLines } from "./order-lines.ts"
import { passNumbers } from "./orders.queries.ts"
import { orderedFields, prepareOrder } from "./orders.rules.ts"

export { ordersHandlers } from "./orders.routes.ts"

const orders: EntityRules = {
  prepares: orderedFields,
  completes: completeOrders,
  prepare: (values, before, ctx) =>
    prepareOrder(values, before, {
      now: ctx.now().toISOString(),
      currency: ctx.currency,
      country: ctx.country,
      mayPay: mayWrite(ctx, ctx.registry.entity("orders") ?? declared, "payments"),
    }),
  subjects: async (_, records) => records.map(boughtBy),
  occurredAt: (record) => String(record.orderedAt),
  async afterWrite(ctx, write) {
    followLines(ctx, write)
    if (write.kind !== "update") return
    const renumbered = write.records.filter(({ number }, index) => number !== write.before[index]?.number)
    passNumbers(
      ctx,
      "orders",
      renumbered.map(({ number }) => number),
    )
    await moveStories(ctx, write)
    tellFacts(ctx, write)
  },
}

export const ordersDomain: DomainParts = { rules: { orders }, events: storyEvents }
