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
  it("is right again when it is restored, for what has changed and come since", async () => {
    const fieldId = await total()
    const [changed, emptied] = [await person({ price: 2, cups: 4 }), await person({ price: 2, cups: 4 })]
    await app.drain()
    await owner.delete(`/fields/${fieldId}`)
    await owner.patch(`/people/${changed.id}`, { custom: { cups: 5 } })
    await owner.patch(`/people/${emptied.id}`, { custom: { cups: null } })
    const added = await person({ price: 1, cups: 10 })
    const binned = await person({ price: 3, cups: 3 })
    await owner.delete(`/people/${binned.id}`)
    expect((await owner.post(`/fields/${fieldId}/restore`)).status).toBe(200)
    await app.drain()
    expect(await totalOf(changed.id)).toBe(10)
    expect(await totalOf(emptied.id)).toBeNull()
    expect(await withTotal(8)).toEqual([])
    expect((await withTotal(10)).sort()).toEqual([changed.id, added.id].sort())
    await owner.post(`/people/${binned.id}/restore`)
    expect(await withTotal(9)).toEqual([binned.id])
  })
  it("follows a field whose values become others, and lists that are open hear of it", async () => {
    await declare({ type: "rating", label: "Stars", options: { max: 10 } })
    await declare({ type: "formula", label: "Twice", options: { formula: "custom.stars * 2" } })
    const [many, few] = [await person({ stars: 9 }), await person({ stars: 3 })]
    const { data } = (await owner.get("/fields")).body
    const stars = data.find(({ key }: { key: string }) => key === "stars")
    const told: unknown[] = []
    const end = app.services.live.subscribe(shop.id, (message) => told.push(message))
    expect((await owner.patch(`/fields/${stars.id}`, { options: { max: 5 } })).status).toBe(200)
    await app.drain()
    end()
    const twice = async (id: string) => (await owner.get(`/people/${id}`)).body.data.custom.twice
    expect([await twice(many.id), await twice(few.id)]).toEqual([null, 6])
    expect(told).toContainEqual({ type: "changed", entity: "people", id: null, version: null })
    await owner.post(`/fields/${stars.id}/restore`)
    await app.drain()
    expect([await twice(many.id), await twice(few.id)]).toEqual([18, 6])
  })
  it("isn't restored once a field it needs has gone, or in place of one that others need", async () => {
    const fieldId = await total()
    const fields = (await owner.get("/fields")).body.data
    const cups = fields.find((field: { key: string }) => field.key === "cups")
    await owner.delete(`/fields/${fieldId}`)
    await owner.delete(`/fields/${cups.id}`)
    expect((await owner.post(`/fields/${fieldId}/restore`)).status).toBe(409)
    await declare({ type: "text", label: "Cups" })
    await declare({ type: "formula", label: "Shout", options: { formula: "upper(custom.cups)" } })
    expect((await owner.post(`/fields/${cups.id}/restore`)).status).toBe(409)
  })
  it("is right when a merge is taken back, also where what it is made of was changed since", async () => {
    await total()
    const [keep, twin] = [await person({ price: 2, cups: 4 }), await person({ price: 3, cups: 5 })]
    const fields = { "custom.price": twin.id }
    const merged = await owner.post("/people/merge", { keep: keep.id, merge: [twin.id], fields })
    expect(merged.status, merged.text).toBe(200)
    expect(await totalOf(keep.id)).toBe(12)
    await owner.patch(`/people/${keep.id}`, { custom: { cups: 10 } })
    const formula = (await owner.get("/fields")).body.data.find(({ key }: { key: string }) => key === "total")
    const options = { formula: "custom.price * custom.cups + 1" }
    expect((await owner.patch(`/fields/${formula.id}`, { options })).status).toBe(200)
    await app.drain()
    await owner.post(`/operations/${merged.body.data.operationId}/undo`)
    await app.drain()
    expect([await totalOf(keep.id), await totalOf(twin.id)]).toEqual([21, 16])
    expect(await withTotal(21)).toEqual([keep.id])
    expect(await withTotal(16)).toEqual([twin.id])
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
