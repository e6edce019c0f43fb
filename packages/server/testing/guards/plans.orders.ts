import type { TestApp, TestWorkspace } from "../app.ts"
import { idOf, type Shape } from "./plans.own-fields.ts"

const orders = 100_000
const list = (body: object): [string, object] => ["/orders/query", { limit: 50, ...body }]

/** 100,000 orders of ten for each of so many companies, one in fifty of them open. */
export async function fillOrders({ services }: TestApp, shop: TestWorkspace): Promise<void> {
  await services.pools.owner.query(
    `insert into orders (workspace_id, id, created_at, updated_at, number, ordered_at, status, company_id, total, open_amount)
     select $1, gen_random_uuid(), now() - n * interval '1 minute', now(), 'N-' || n, now() - n * interval '10 minutes',
       case when n % 50 = 0 then 'placed' else 'paid' end, ${idOf("1 + n % 10000")},
       jsonb_build_object('amount', n * 7919 % 50000, 'currency', 'EUR'),
       jsonb_build_object('amount', case when n % 50 = 0 then n % 900 + 1 else 0 end, 'currency', 'EUR')
     from generate_series(1, $2) n`,
    [shop.id, orders],
  )
}
const total = (op: string, value: unknown) => ({ field: "total", op, value })

export const orderShapes: Shape[] = [
  { name: "orders, newest first", request: () => list({ sort: ["-orderedAt"] }), uses: ["orders_by_time"] },
  { name: "orders by total", request: () => list({ sort: ["-total"] }), uses: ["orders_by_total"] },
  {
    name: "orders of a range of amounts",
    request: () => list({ filter: total("between", [49_900, 49_950]), sort: ["-total"] }),
    uses: ["orders_by_total"],
  },
  {
    name: "orders that wait",
    request: () => list({ filter: { field: "status", op: "is", value: "placed" }, sort: ["-orderedAt"] }),
    uses: ["orders_by_"],
  },
  {
    name: "orders of a company",
    request: () =>
      list({ filter: { field: "companyId", op: "is", value: "00000000-0000-7000-8000-000000000111" } }),
    uses: ["orders_by_company"],
  },
]
