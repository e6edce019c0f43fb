import { orders as declared } from "@regulars/contract/domains/orders.ts"
import { expect } from "vitest"
import type { Answer, TestApp, TestWorkspace } from "../../../testing/app.ts"
import { sql } from "../../kernel/db/sql.ts"
import { getRecords } from "../../kernel/records/read.ts"
import { lineRows } from "./order-lines.ts"

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
export type Made = Record<string, any> & { id: string }
export const euros = (amount: number) => ({ amount: Math.round(amount * 100), currency: "EUR" })
export const cup = { name: "Flat white", quantity: "2", unitPrice: "3.50", taxRate: "19" }
export const beans = {
  name: "House Blend",
  quantity: "1.5",
  unitPrice: "24",
  taxRate: "7",
  unitCost: "11",
}

export function answered(answer: Answer): Made {
  expect(answer.status, answer.text).toBeLessThan(300)
  return answer.body.data
}
/** A workspace in Germany, which reckons in euros and with the tax in its prices. */
export async function makeShop(app: TestApp): Promise<TestWorkspace> {
  const shop = await app.workspace()
  answered(await shop.owner.patch("/workspace", { country: "DE", currency: "EUR" }))
  return shop
}
export async function make(shop: TestWorkspace, entity: string, values: object): Promise<Made> {
  return answered(await shop.owner.post(`/${entity}?allowDuplicate=true`, values))
}

/** The derived lines are those that come out of the orders. */
export async function expectLinesKept(app: TestApp, shop: TestWorkspace): Promise<void> {
  const due = await app.inWorkspace(shop, async (ctx) => {
    const ids = await ctx.tx.rows<{ id: string }>(sql`select id from orders where workspace_id = ${shop.id}`)
    const all = ids.map(({ id }) => id)
    return (await getRecords(ctx, declared, all, { deleted: "too" })).flatMap((one) => lineRows(ctx, one))
  })
  const { rows: kept } = await app.services.pools.owner.query(
    `select order_id, line_id, place, product_id, name, counts, day::text as day, quantity, returned, currency,
       net::int as net, tax::int as tax, cost::int as cost, returned_net::int as returned_net,
       returned_tax::int as returned_tax, returned_cost::int as returned_cost
     from order_lines where workspace_id = $1`,
    [shop.id],
  )
  const inOrder = (rows: readonly object[]) =>
    (rows as Made[]).toSorted((a, b) =>
      a.order_id === b.order_id ? a.place - b.place : a.order_id < b.order_id ? -1 : 1,
    )
  expect(inOrder(kept)).toEqual(inOrder(due.map(({ ordered_at: _, ...row }) => row)))
}
