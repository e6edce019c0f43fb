import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

let app: TestApp
let shop: TestWorkspace
let owner: Client
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  shop = await app.workspace()
  owner = shop.owner
  await declare({ type: "number", label: "Price" })
  await declare({ type: "number", label: "Cups" })
})
afterAll(() => app.close())

async function declare(field: object): Promise<string> {
  const answer = await owner.post("/fields", { entity: "people", ...field })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
const total = () =>
  declare({ type: "formula", label: "Total", options: { formula: "custom.price * custom.cups" } })
async function person(custom: object): Promise<{ id: string; version: number }> {
  const answer = await owner.post("/people", { name: "Somebody", custom })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data
}
const totalOf = async (id: string) => (await owner.get(`/people/${id}`)).body.data.custom.total
const withTotal = async (value: number) => {
  const filter = { field: "custom.total", op: "is", value }
  const answer = await owner.post("/people/query", { filter, sort: ["-custom.total"], ids: true })
  return answer.body.ids
}

describe("a formula field", () => {
  it("follows its fields: in new records, after changes, in filters, orders and history", async () => {
    await total()
    const { id, version } = await person({ price: 2.5, cups: 4 })
    expect(await totalOf(id)).toBe(10)
    await owner.patch(`/people/${id}`, { custom: { cups: 6 } })
    expect(await totalOf(id)).toBe(15)
    expect(await withTotal(15)).toEqual([id])
    expect(await withTotal(10)).toEqual([])
    const [latest] = (await owner.get(`/people/${id}/timeline`)).body.data
    expect(latest.data.changes).toContainEqual({ field: "custom.total", from: 10, to: 15 })
    // Somebody who knew the first state changes the other factor: no conflict, and the product of both.
    const late = await owner.patch(`/people/${id}`, { custom: { price: 3 } }, { "if-match": `"${version}"` })
    expect(late.status, late.text).toBe(200)
    expect(await totalOf(id)).toBe(18)
    await owner.patch(`/people/${id}`, { custom: { price: null } })
    expect(await totalOf(id)).toBeNull()
  })
  it("is written by nobody", async () => {
    await total()
    const refused = await owner.post("/people", { name: "A", custom: { total: 1 } })
    expect(refused.body.errors).toEqual([
      expect.objectContaining({ path: "custom.total", code: "unknown_field" }),
    ])
  })
  it("is filled in for the records that are there, also after it was changed", async () => {
    const { id } = await person({ price: 2, cups: 4 })
    const fieldId = await total()
    await app.drain()
    expect(await totalOf(id)).toBe(8)
    expect(await withTotal(8)).toEqual([id])
    const changed = await owner.patch(`/fields/${fieldId}`, {
      options: { formula: "custom.price + custom.cups" },
    })
    expect(changed.status, changed.text).toBe(200)
    await app.drain()
    expect(await totalOf(id)).toBe(6)
    expect(await withTotal(6)).toEqual([id])
  })
  it("is computed anew when an operation is taken back", async () => {
    await total()
    const { id } = await person({ price: 2, cups: 4 })
    const input = { values: { custom: { cups: 5 } } }
    const bulk = await owner.post("/people/bulk", { ids: [id], action: "update", input })
    await app.drain()
    expect(await totalOf(id)).toBe(10)
    await owner.post(`/operations/${bulk.body.data.operationId}/undo`)
    await app.drain()
    expect(await totalOf(id)).toBe(8)
  })
  it.each(["", "custom.price *", "custom.nothing + 1", "name * 2", "emails & ''"])(
    "with %j is refused",
    async (formula) => {
      const answer = await owner.post("/fields", {
        entity: "people",
        type: "formula",
        label: "X",
        options: { formula },
      })
      expect(answer.body.errors).toEqual([
        expect.objectContaining({ path: "options.formula", code: "invalid_formula" }),
      ])
    },
  )
  it("keeps the fields it needs from being removed or changed to what it can't use", async () => {
    const id = await total()
    const cups = (await owner.get("/fields")).body.data.find((field: { key: string }) => field.key === "cups")
    expect((await owner.delete(`/fields/${cups.id}`)).status).toBe(409)
    expect((await owner.patch(`/fields/${cups.id}`, { type: "text" })).status).toBe(409)
    expect((await owner.patch(`/fields/${cups.id}`, { label: "Cups a week" })).status).toBe(200)
    await owner.delete(`/fields/${id}`)
    expect((await owner.delete(`/fields/${cups.id}`)).status).toBe(204)
  })
})
