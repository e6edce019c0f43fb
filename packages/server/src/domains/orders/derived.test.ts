import { orders as declared } from "@regulars/contract/domains/orders.ts"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { eraseRecords } from "../../kernel/records/erase.ts"
import { insertRecords } from "../../kernel/records/insert.ts"
import { beans, cup, euros, expectLinesKept, type Made, make, makeShop } from "./testing.ts"

let app: TestApp
let shop: TestWorkspace
let person: string
beforeAll(async () => {
  app = await startTestApp()
  shop = await makeShop(app)
  person = (await made("people", { name: "Ada Guest" })).id
})
afterAll(() => app.close())

const made = (entity: string, values: object) => make(shop, entity, values)
const order = (values: object = {}) => made("orders", { personId: person, ...values })

describe("what is derived from orders", () => {
  it("stays equal to them, whatever is done", async () => {
    const numbers = (most: number) => fc.integer({ min: 1, max: most }).map(String)
    const line = fc.record({
      name: fc.constantFrom("Cup", "Cake"),
      quantity: numbers(5),
      unitPrice: numbers(20),
    })
    const step = fc.oneof(
      fc.record({ do: fc.constant("lines" as const), lines: fc.array(line, { maxLength: 3 }) }),
      fc.record({ do: fc.constant("add" as const), line }),
      fc.record({
        do: fc.constant("status" as const),
        status: fc.constantFrom(...["draft", "paid", "cancelled"]),
      }),
      fc.record({
        do: fc.constantFrom("return" as const, "remove" as const, "restore" as const, "pay" as const),
      }),
      fc.record({ do: fc.constant("discount" as const), amount: fc.integer({ min: 0, max: 500 }) }),
    )
    const { id } = await order({ lines: [cup] })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        for (const one of steps) {
          if (one.do === "lines") await shop.owner.patch(`/orders/${id}`, { lines: one.lines })
          else if (one.do === "add") await shop.owner.post(`/orders/${id}/lines`, one.line)
          else if (one.do === "status") await shop.owner.patch(`/orders/${id}`, { status: one.status })
          else if (one.do === "remove") await shop.owner.delete(`/orders/${id}`)
          else if (one.do === "discount")
            await shop.owner.patch(`/orders/${id}`, { discount: { amount: one.amount, currency: "EUR" } })
          else await shop.owner.post(`/orders/${id}/${one.do}`, {})
        }
        await expectLinesKept(app, shop)
      }),
      { numRuns: Number(process.env.GUARD_RUNS ?? 150) / 10 },
    )
  })

  it("counts what was sold, as long as it is not in the bin, and knows what came back", async () => {
    const { id } = await order({ lines: [cup, beans] })
    const counted = async () => {
      const { rows } = await app.services.pools.owner.query(
        `select sum(net)::int as net, sum(returned_net)::int as back, sum(cost)::int as cost from order_lines
         where order_id = $1 and counts`,
        [id],
      )
      return rows[0]
    }
    const sold = { net: 588 + 3364, back: 0, cost: 1650 }
    expect(await counted()).toEqual(sold)
    for (const status of ["draft", "cancelled"]) {
      await shop.owner.patch(`/orders/${id}`, { status })
      expect((await counted()).net, status).toBeNull()
    }
    await shop.owner.patch(`/orders/${id}`, { status: "fulfilled" })
    await shop.owner.delete(`/orders/${id}`)
    expect((await counted()).net).toBeNull()
    await shop.owner.post(`/orders/${id}/restore`)
    await shop.owner.post(`/orders/${id}/return`, {})
    expect(await counted()).toEqual({ ...sold, back: sold.net })
  })

  it("follows sets that are made, changed and taken back", async () => {
    const rows = Array.from({ length: 30 }, (_, index) => ({
      number: `S${index}`,
      tags: ["set"],
      lines: [cup, beans],
    }))
    expect((await shop.owner.post("/orders/batch", { rows })).body.data).toHaveLength(30)
    await expectLinesKept(app, shop)
    const filter = { field: "tags", op: "isAnyOf", value: ["set"] }
    const bulk = { filter, action: "update", input: { values: { status: "cancelled" } } }
    const started = await shop.owner.post("/orders/bulk", bulk)
    expect(started.status, started.text).toBeLessThan(300)
    await app.drain()
    await expectLinesKept(app, shop)
    const { operationId } = started.body.data
    expect((await shop.owner.post(`/operations/${operationId}/undo`)).status).toBeLessThan(300)
    await app.drain()
    await expectLinesKept(app, shop)
    const counted = {
      filter: { all: [filter, { field: "status", op: "is", value: "placed" }] },
      count: "exact",
    }
    expect((await shop.owner.post("/orders/query", counted)).body.count.value).toBe(30)
  })

  it("holds for sixteen who add to one order at the same time", async () => {
    const { id } = await order()
    const added = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        shop.owner.post(`/orders/${id}/lines`, { name: `Cup ${index}`, unitPrice: "1" }),
      ),
    )
    for (const answer of added) expect(answer.status, answer.text).toBe(201)
    expect((await shop.owner.get(`/orders/${id}`)).body.data.total).toEqual(euros(16))
    await expectLinesKept(app, shop)
  })

  it("gives sixteen orders made at the same time sixteen numbers", async () => {
    const all = await Promise.all(Array.from({ length: 16 }, () => order()))
    expect(new Set(all.map(({ number }) => number)).size).toBe(16)
  })
})

describe("the story of whoever ordered", () => {
  const story = async (entity: string, id: string) =>
    (await shop.owner.get(`/${entity}/${id}/timeline`)).body.data.map((entry: Made) => [
      entry.type,
      entry.subjects.map(({ name }: { name: string }) => name).join(),
    ])

  it("tells of the order when it was made, paid and came back, and moves with it", async () => {
    const [one, other] = [await made("people", { name: "One" }), await made("people", { name: "Other" })]
    const works = await made("companies", { name: "Works" })
    const { id } = await order({ number: "T1", personId: one.id, companyId: works.id, lines: [cup] })
    await shop.owner.post(`/orders/${id}/pay`, {})
    await shop.owner.post(`/orders/${id}/return`, {})
    const told = [
      ["order.returned", "T1"],
      ["order.paid", "T1"],
      ["order.created", "T1"],
    ]
    expect((await story("people", one.id)).slice(0, 3)).toEqual(expect.arrayContaining(told))
    expect((await story("companies", works.id)).slice(0, 3)).toEqual(expect.arrayContaining(told))
    await shop.owner.patch(`/orders/${id}`, { personId: other.id })
    expect(await story("people", one.id)).toEqual([["person.created", "One"]])
    expect(
      (await story("people", other.id)).filter(([type]: string[]) => type?.startsWith("order.")),
    ).toHaveLength(3)
  })

  it("tells of each order of a set by itself, at its own time, and of none that was erased", async () => {
    const guest = await made("people", { name: "Guest" })
    const rows = [1, 2].map((day) => ({
      number: `N${day}`,
      personId: guest.id,
      orderedAt: `2025-05-0${day}T10:00:00.000Z`,
    }))
    const ids = await app.inWorkspace(shop, async (ctx) => {
      const inputs = rows.map((values) => ({ values }))
      return (await insertRecords(ctx, declared, inputs)).map(({ id }) => id)
    })
    expect(await story("people", guest.id)).toEqual([
      ["person.created", "Guest"],
      ["order.created", "N2"],
      ["order.created", "N1"],
    ])
    await app.inWorkspace(shop, (ctx) => eraseRecords(ctx, declared, ids.slice(0, 1)))
    expect(await story("people", guest.id)).toEqual([
      ["person.created", "Guest"],
      ["order.created", "N2"],
    ])
  })
})
