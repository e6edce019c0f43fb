import type { Rights } from "@regulars/contract/domains/rights.ts"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { roleFor } from "../../kernel/access/testing.ts"
import { answered, beans, cup, euros, type Made, make, makeShop } from "./testing.ts"

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

/** Gives a member a role of their own. */
async function give(clerk: { memberId: string }, change: (rights: Rights) => void): Promise<void> {
  const roleId = await roleFor(shop.owner, "all", change)
  answered(await shop.owner.patch(`/members/${clerk.memberId}`, { roleId }))
}
/** Changes all orders of a tag in one operation, whose id it gives. */
async function inBulk(tag: string, values: object): Promise<string> {
  const filter = { field: "tags", op: "isAnyOf", value: [tag] }
  const input = { filter, action: "update", input: { values } }
  const { operationId } = answered(await shop.owner.post("/orders/bulk", input))
  await app.drain()
  return operationId
}
async function undone(operationId: string): Promise<void> {
  expect((await shop.owner.post(`/operations/${operationId}/undo`)).status).toBeLessThan(300)
  await app.drain()
}

describe("an order", () => {
  it("is placed now, in the workspace's currency, with the next number, and reckons its figures", async () => {
    const first = await order({ lines: [cup, beans] })
    expect(first).toMatchObject({
      status: "placed",
      currency: "EUR",
      pricesIncludeTax: true,
      returned: "none",
      total: euros(43),
      tax: euros(1.12 + 2.36),
      net: euros(43 - 1.12 - 2.36),
      paid: euros(0),
      openAmount: euros(43),
      cost: null,
      margin: null,
    })
    expect(first.orderedAt).toBe(app.clock.now.toISOString())
    expect(first.lines).toMatchObject([
      { gross: 700, tax: 112, net: 588 },
      { gross: 3600, tax: 236, net: 3364 },
    ])
    const second = await order()
    expect(Number(second.number)).toBe(Number(first.number) + 1)
    expect(await order({ number: " A-7 " })).toMatchObject({ number: "A-7", total: euros(0) })
  })

  it("takes unit, price, tax and cost of a line from its product, as far as the line leaves them open", async () => {
    const product = await made("products", {
      name: "Sidamo",
      unit: "kg",
      price: euros(30),
      cost: euros(12),
      taxRate: 7,
    })
    const line = { productId: product.id, name: "Sidamo natural" }
    const { lines, margin } = await order({ lines: [line, { ...line, unitPrice: "25" }] })
    expect(lines).toMatchObject([
      { unit: "kg", unitPrice: "30", unitCost: "12", taxRate: "7", name: "Sidamo natural" },
      { unitPrice: "25", unitCost: "12" },
    ])
    expect(margin).toEqual(euros(28.04 + 23.36 - 24))
    const variants = [{ name: "Half", price: "16", cost: "6.5" }, { name: "Whole" }]
    answered(await shop.owner.patch(`/products/${product.id}`, { variants }))
    const sizes = await order({ lines: variants.map(({ name }) => ({ ...line, variant: name })) })
    expect(sizes.lines).toMatchObject([
      { unitPrice: "16", unitCost: "6.5", taxRate: "7" },
      { unitPrice: "30", unitCost: "12" },
    ])
    const dollars = await order({ currency: "usd", lines: [line] })
    expect(dollars).toMatchObject({ currency: "USD", total: { amount: 0, currency: "USD" } })
  })

  it("gets a number that nobody gave another one", async () => {
    const last = Number((await order()).number)
    await order({ number: String(last + 1) })
    const { id, number } = await order()
    expect(Number(number)).toBe(last + 2)
    answered(await shop.owner.patch(`/orders/${id}`, { number: String(last + 5) }))
    expect(Number((await order()).number)).toBe(last + 6)
  })

  it("gives nobody the cost of a product who may not see it", async () => {
    const product = await made("products", { name: "Secret", price: euros(5), cost: euros(1) })
    const clerk = await app.member(shop, "member")
    await give(clerk, ({ entities }) => {
      if (entities.products) entities.products.fields = { cost: "hidden" }
    })
    const sold = answered(await clerk.post("/orders", { lines: [{ productId: product.id, name: "Secret" }] }))
    expect(sold.lines[0]).toMatchObject({ unitPrice: "5" })
    expect(sold.lines[0].unitCost).toBeUndefined()
  })

  it.each([
    [{ lines: [{ ...cup, taxRate: "101" }] }, "lines.0.taxRate", "out_of_range"],
    [{ lines: [{ ...cup, returned: "3" }] }, "lines.0.returned", "out_of_range"],
    [{ lines: [{ ...cup, quantity: "999999999999", unitPrice: "99999999" }] }, "lines", "too_large"],
    [{ shipping: { amount: 100, currency: "USD" } }, "shipping", "other_currency"],
    [{ discount: euros(-1) }, "discount", "out_of_range"],
    [{ lines: [cup], discount: euros(7.01) }, "discount", "out_of_range"],
    [
      { status: "paid", lines: [{ ...cup, quantity: "90", unitPrice: "100000000000" }] },
      "lines",
      "too_large",
    ],
    [{ currency: "E1" }, "currency", "invalid_value"],
    [{ lines: [{ ...cup, quantity: "2,5" }] }, "lines.0.quantity", "custom"],
  ])("refuses %j", async (values, path, code) => {
    const answer = await shop.owner.post("/orders", values)
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toMatchObject([{ path, code }])
  })

  it.each([
    [{ taxRate: 19.00000001 }, "taxRate"],
    [{ taxRate: 1e-7 }, "taxRate"],
    [{ taxRate: 101 }, "taxRate"],
    [{ price: { amount: 10 ** 14, currency: "EUR" } }, "price"],
  ])("never meets a product of %j", async (values, path) => {
    const answer = await shop.owner.post("/products", { name: "Strange", ...values })
    expect(answer.status, answer.text).toBe(422)
    expect(answer.body.errors).toMatchObject([{ path }])
  })

  it("reckons its figures anew where a change is taken back after its status changed too", async () => {
    const { id } = await order({ tags: ["anew"], lines: [cup] })
    const operationId = await inBulk("anew", { status: "cancelled" })
    answered(await shop.owner.patch(`/orders/${id}`, { status: "draft" }))
    await undone(operationId)
    expect(answered(await shop.owner.get(`/orders/${id}`))).toMatchObject({
      status: "draft",
      openAmount: euros(0),
    })
  })

  it("is filtered, sorted and added up by its amounts", async () => {
    const tag = { tags: ["sums"] }
    for (const unitPrice of ["9", "100", "20"])
      await order({ ...tag, lines: [{ ...cup, quantity: "1", unitPrice }] })
    const ofTag = { field: "tags", op: "isAnyOf", value: ["sums"] }
    const query = (more: object) => shop.owner.post("/orders/query", { filter: ofTag, limit: 2, ...more })
    const first = await query({ sort: ["-total"] })
    expect(first.body.data.map((one: Made) => one.total.amount)).toEqual([10000, 2000])
    const next = await query({ sort: ["-total"], cursor: first.body.page.next })
    expect(next.body.data.map((one: Made) => one.total.amount)).toEqual([900])
    const atLeast = { all: [ofTag, { field: "total", op: "atLeast", value: 2000 }] }
    expect((await query({ filter: atLeast, count: "exact" })).body.count.value).toBe(2)
    const empty = { all: [ofTag, { field: "margin", op: "isEmpty" }] }
    expect((await query({ filter: empty, count: "exact" })).body.count.value).toBe(3)
    const sums = await shop.owner.post("/orders/aggregate", { filter: ofTag, fields: ["total"] })
    expect(sums.body.data.figures.total).toMatchObject([
      { currency: "EUR", sum: 12900, max: 10000, count: 3 },
    ])
    const groups = await shop.owner.post("/orders/groups", { filter: ofTag, by: "status", fields: ["total"] })
    expect(groups.body.data).toMatchObject([{ value: "placed", figures: { total: [{ sum: 12900 }] } }])
  })
})

describe("payments", () => {
  it("make an order paid when they cover it, and can be given back", async () => {
    const { id } = await order({ lines: [cup] })
    const part = answered(await shop.owner.post(`/orders/${id}/pay`, { amount: "2.5", method: "cash" }))
    expect(part).toMatchObject({ status: "placed", paid: euros(2.5), openAmount: euros(4.5) })
    const paid = answered(await shop.owner.post(`/orders/${id}/pay`, { method: "card" }))
    expect(paid).toMatchObject({ status: "paid", paid: euros(7), openAmount: euros(0) })
    expect(paid.payments).toMatchObject([
      { method: "cash", amount: "2.5" },
      { method: "card", amount: "4.5" },
    ])
    expect((await shop.owner.post(`/orders/${id}/pay`, {})).status).toBe(409)
    const back = answered(await shop.owner.post(`/orders/${id}/pay`, { amount: "-1" }))
    expect(back).toMatchObject({ status: "paid", paid: euros(7), refunded: euros(1), openAmount: euros(1) })
  })

  it("come by themselves with an order that is called paid", async () => {
    const at = "2026-01-05T08:00:00.000Z"
    const till = await order({ status: "paid", orderedAt: at, lines: [cup] })
    expect(till).toMatchObject({ paid: euros(7), openAmount: euros(0), payments: [{ at, amount: "7" }] })
    const { id } = await order({ lines: [cup], payments: [{ amount: "3" }] })
    const called = answered(await shop.owner.patch(`/orders/${id}`, { status: "paid" }))
    expect(called.payments).toMatchObject([{ amount: "3" }, { amount: "4" }])
  })

  it("are not made up for what was fulfilled, nor for what is not owed, and are fifty at most", async () => {
    const { id } = await order({ status: "fulfilled", lines: [cup] })
    const called = answered(await shop.owner.patch(`/orders/${id}`, { status: "paid" }))
    expect(called).toMatchObject({ paid: euros(0), openAmount: euros(7) })
    answered(await shop.owner.patch(`/orders/${id}`, { status: "cancelled" }))
    expect((await shop.owner.post(`/orders/${id}/pay`, {})).status).toBe(409)
    const payments = Array.from({ length: 50 }, () => ({ amount: "0.01" }))
    answered(await shop.owner.patch(`/orders/${id}`, { payments }))
    expect((await shop.owner.post(`/orders/${id}/pay`, { amount: "1" })).body.errors).toMatchObject([
      { path: "payments" },
    ])
  })

  it("are owed back for an order that is cancelled, and none are owed for a draft", async () => {
    const { id } = await order({ status: "paid", lines: [cup] })
    expect(answered(await shop.owner.patch(`/orders/${id}`, { status: "cancelled" }))).toMatchObject({
      openAmount: euros(-7),
    })
    expect(await order({ status: "draft", lines: [cup] })).toMatchObject({ openAmount: euros(0) })
  })
})

describe("returns", () => {
  it("take back some, then all of it, and the money where that is asked for", async () => {
    const { id, lines } = await order({ status: "paid", lines: [cup, beans], shipping: euros(4) })
    const [first] = lines
    const some = await shop.owner.post(`/orders/${id}/return`, { lines: [{ id: first.id, quantity: "1" }] })
    expect(answered(some)).toMatchObject({
      returned: "part",
      returnedAmount: euros(3.5),
      openAmount: euros(-3.5),
    })
    const more = { lines: [{ id: first.id, quantity: "2" }] }
    expect((await shop.owner.post(`/orders/${id}/return`, more)).status).toBe(422)
    const all = answered(await shop.owner.post(`/orders/${id}/return`, { refund: "card" }))
    expect(all).toMatchObject({
      returned: "whole",
      returnedAmount: euros(43),
      refunded: euros(43),
      openAmount: euros(0),
      status: "paid",
    })
    const { rows } = await app.services.pools.owner.query(
      "select sum(net + tax - returned_net - returned_tax)::int as kept from order_lines where order_id = $1",
      [id],
    )
    expect(rows[0].kept).toBe(0)
  })

  it("are for what was sold", async () => {
    const { id } = await order({ status: "draft", lines: [cup] })
    expect((await shop.owner.post(`/orders/${id}/return`, {})).status).toBe(409)
    const sold = await order({ lines: [cup] })
    const strange = { lines: [{ id: sold.id, quantity: "1" }] }
    expect((await shop.owner.post(`/orders/${sold.id}/return`, strange)).body.errors).toMatchObject([
      { path: "lines.0.id", code: "not_found" },
    ])
  })

  it("and payments are for those who reach the order and may write these fields", async () => {
    const { id } = await order({ lines: [cup] })
    const clerk = await app.member(shop, "member")
    const may = (own: object) => give(clerk, ({ entities }) => Object.assign(entities.orders as object, own))
    await may({ fields: { payments: "read" } })
    expect((await clerk.post(`/orders/${id}/pay`, {})).status).toBe(422)
    expect((await clerk.post(`/orders/${id}/return`, { refund: "cash" })).status).toBe(422)
    const paid = await clerk.patch(`/orders/${id}`, { status: "paid" })
    expect(paid.body.errors).toMatchObject([{ path: "status" }])
    await may({ fields: { openAmount: "hidden" } })
    expect((await clerk.post(`/orders/${id}/pay`, {})).body.errors).toMatchObject([{ path: "amount" }])
    await may({ edit: "own", delete: "own", fields: {} })
    expect((await clerk.post(`/orders/${id}/pay`, {})).status).toBe(403)
    await may({ see: "own", edit: "own", delete: "own", export: "own", fields: {} })
    expect((await clerk.post(`/orders/${id}/pay`, {})).status).toBe(404)
    await may({ fields: { margin: "hidden" } })
    expect(answered(await clerk.post(`/orders/${id}/pay`, {}))).not.toHaveProperty("margin")
  })
})
