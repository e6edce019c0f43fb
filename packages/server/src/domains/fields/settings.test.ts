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
})
afterAll(() => app.close())

async function declare(field: object): Promise<{ id: string; key: string; version: number }> {
  const answer = await owner.post("/fields", { entity: "people", ...field })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data
}
async function person(
  values: object,
): Promise<{ id: string; version: number; custom: Record<string, unknown> }> {
  const answer = await owner.post("/people", { name: "Somebody", ...values })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data
}
const read = async (id: string) => (await owner.get(`/people/${id}`)).body.data
const namesOf = async (body: object) => {
  const answer = await owner.post("/people/query", body)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.data.map(({ name }: { name: string }) => name)
}
describe("what must be given", () => {
  it("always: refused at creation, and can't be emptied", async () => {
    await declare({ type: "text", label: "Milk", required: "always" })
    const refused = await owner.post("/people", { name: "A" })
    expect(refused.body.errors).toEqual([expect.objectContaining({ path: "custom.milk" })])
    const { id } = await person({ custom: { milk: "Oat" } })
    expect((await owner.patch(`/people/${id}`, { custom: { milk: null } })).status).toBe(422)
    expect((await owner.patch(`/people/${id}`, { jobTitle: "Chef" })).status).toBe(200)
    const batch = await owner.post("/people/batch", {
      rows: [{ name: "B" }, { name: "C", custom: { milk: "Soy" } }],
    })
    expect(batch.body.data.map(({ status }: { status: string }) => status)).toEqual(["refused", "created"])
  })
  it("in some stages: asked for on the way into one, not for other changes", async () => {
    const before = await person({ lifecycleStage: "customer" })
    await declare({ type: "text", label: "Milk", required: "stages", stages: ["customer"] })
    expect((await owner.patch(`/people/${before.id}`, { jobTitle: "Chef" })).status).toBe(200)
    const { id } = await person({ lifecycleStage: "lead" })
    const refused = await owner.patch(`/people/${id}`, { lifecycleStage: "customer" })
    expect(refused.body.errors).toEqual([expect.objectContaining({ path: "custom.milk", code: "required" })])
    const given = { lifecycleStage: "customer", custom: { milk: "Oat" } }
    expect((await owner.patch(`/people/${id}`, given)).status).toBe(200)
    expect((await owner.post("/people", { name: "B", lifecycleStage: "customer" })).status).toBe(422)
  })
})

describe("a unique field", () => {
  it("is taken by one of 20 who write the same value at once", async () => {
    await declare({ type: "text", label: "Card number", unique: true })
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        owner.post("/people", {
          name: `P${index}`,
          custom: { cardNumber: index % 2 === 0 ? "K 1" : "k  1" },
        }),
      ),
    )
    expect(made.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(422)])
    const refused = made.find(({ status }) => status === 422)
    expect(refused?.body.errors).toEqual([
      expect.objectContaining({ path: "custom.cardNumber", code: "not_unique" }),
    ])
  })
  it("is taken over from a record in the bin, which can't come back with it", async () => {
    await declare({ type: "text", label: "Card", unique: true })
    const { id } = await person({ custom: { card: "1" } })
    await owner.patch(`/people/${id}`, { custom: { card: "1" } })
    await owner.delete(`/people/${id}`)
    const heir = await person({ name: "Heir", custom: { card: "1" } })
    const refused = await owner.post(`/people/${id}/restore`)
    expect(refused.status).toBe(409)
    expect(refused.body).toMatchObject({
      code: "value_taken",
      errors: [{ path: "custom.card", code: "not_unique" }],
      details: {
        withoutTaken: true,
        taken: [{ id, field: "custom.card", value: "1", holder: { id: heir.id, name: "Heir" } }],
      },
    })
    await owner.patch(`/people/${heir.id}`, { custom: { card: "2" } })
    expect((await owner.post(`/people/${id}/restore`)).status).toBe(200)
  })
  it("can't be made of values that repeat", async () => {
    const { id } = await declare({ type: "text", label: "Card" })
    await person({ custom: { card: "1" } })
    const second = await person({ custom: { card: "1" } })
    const refused = await owner.patch(`/fields/${id}`, { unique: true })
    expect(refused.body.errors).toEqual([expect.objectContaining({ path: "unique", code: "not_unique" })])
    await owner.patch(`/people/${second.id}`, { custom: { card: "2" } })
    expect((await owner.patch(`/fields/${id}`, { unique: true })).status).toBe(200)
  })
  it("comes back as one that isn't where its values repeat by then, so that they can be put right", async () => {
    const { id } = await declare({ type: "text", label: "Card", unique: true })
    const binned = await person({ custom: { card: "1" } })
    await owner.delete(`/people/${binned.id}`)
    const heir = await person({ name: "Heir", custom: { card: "1" } })
    await owner.delete(`/fields/${id}`)
    expect((await owner.post(`/people/${binned.id}/restore`)).status).toBe(200)
    const back = await owner.post(`/fields/${id}/restore`)
    expect(back.body.data).toMatchObject({ unique: false, deletedAt: null })
    expect((await read(heir.id)).custom).toEqual({ card: "1" })
    await owner.patch(`/people/${heir.id}`, { custom: { card: "2" } })
    expect((await owner.patch(`/fields/${id}`, { unique: true })).body.data.unique).toBe(true)
    await owner.delete(`/fields/${id}`)
    expect((await owner.post(`/fields/${id}/restore`)).body.data.unique).toBe(true)
  })
  it("refuses one of a batch's rows by itself", async () => {
    await declare({ type: "text", label: "Card", unique: true })
    const batch = await owner.post("/people/batch", {
      rows: [{ name: "A", custom: { card: "1" } }, { name: "B", custom: { card: "1" } }, { name: "C" }],
    })
    expect(batch.body.data.map(({ status }: { status: string }) => status)).toEqual([
      "created",
      "refused",
      "created",
    ])
  })
})

describe("Settings", () => {
  it("renames, describes, groups, hides and moves a field; its name in the API stays", async () => {
    const { id } = await declare({ type: "number", label: "Size" })
    const changes = { label: "Shoe size", help: "In EU sizes", group: "about", hidden: true, position: 7.5 }
    const changed = await owner.patch(`/fields/${id}`, changes)
    expect(changed.body.data).toMatchObject({ ...changes, key: "size", version: 2 })
    expect((await owner.get("/fields?entity=people")).body.data).toEqual([changed.body.data])
    const late = await owner.patch(`/fields/${id}`, { label: "x" }, { "if-match": '"1"' })
    expect(late.body.code).toBe("version_conflict")
  })
  it.each([
    [{ type: "text", label: "X", options: { currency: "EUR" } }, "options.currency"],
    [{ type: "choice", label: "X" }, "options.choices"],
    [{ type: "link", label: "X", options: { target: "pets" } }, "options.target"],
    [{ type: "number", label: "X", default: "x" }, "default"],
    [{ type: "boolean", label: "X", unique: true }, "unique"],
    [{ type: "text", label: "X", required: "stages" }, "stages"],
    [{ type: "text", label: "X", required: "stages", stages: ["nowhere"] }, "stages"],
    [{ type: "text", label: "X", entity: "tasks", required: "stages", stages: ["lead"] }, "required"],
    [{ type: "text", label: "X", entity: "pets" }, "entity"],
    [{ type: "text", label: "X", key: "Not a name" }, "key"],
  ])("refuses %j", async (field, path) => {
    const answer = await owner.post("/fields", { entity: "people", ...field })
    expect(answer.status).toBe(422)
    expect(answer.body.errors[0].path).toBe(path)
  })
  it("removes a field and brings it back with its values; a new one of the same name has none of them", async () => {
    const { id } = await declare({ type: "number", label: "Size" })
    const somebody = await person({ custom: { size: 42 } })
    expect((await owner.delete(`/fields/${id}`)).status).toBe(204)
    expect((await read(somebody.id)).custom).toEqual({})
    expect((await owner.post("/people/query", { sort: ["custom.size"] })).status).toBe(422)
    await owner.patch(`/people/${somebody.id}`, { jobTitle: "Chef" })
    await declare({ type: "text", label: "Size" })
    expect((await read(somebody.id)).custom).toEqual({ size: null })
    await owner.patch(`/people/${somebody.id}`, { custom: { size: "large" } })
    expect((await owner.get("/fields?deleted=true")).body.data.map((one: { id: string }) => one.id)).toEqual([
      id,
    ])
    expect((await owner.post(`/fields/${id}/restore`)).status).toBe(200)
    expect((await read(somebody.id)).custom).toEqual({ size: 42 })
    expect(await namesOf({ filter: { field: "custom.size", op: "is", value: 42 } })).toEqual(["Somebody"])
  })
  it("forgets a removed field and its values after 30 days, not before", async () => {
    const { id } = await declare({ type: "number", label: "Size" })
    const somebody = await person({ custom: { size: 42 } })
    await owner.delete(`/fields/${id}`)
    const stored = async () =>
      (await app.services.pools.owner.query("select custom from people where id = $1", [somebody.id])).rows[0]
        .custom
    const forget = () =>
      app.inWorkspace(shop, async (ctx) => ctx.registry.jobs.get("fields.forget")?.handle(ctx, {}))
    app.clock.advance(29 * 86_400_000)
    await forget()
    expect(await stored()).toEqual({ size: 42 })
    app.clock.advance(3 * 86_400_000)
    await forget()
    expect(await stored()).toEqual({})
    expect((await owner.post(`/fields/${id}/restore`)).status).toBe(404)
  })
  it("shows what a change of type would lose, does it, and takes it back", async () => {
    const { id } = await declare({ type: "text", label: "Size" })
    const [good, bad] = [
      await person({ custom: { size: "42,5" } }),
      await person({ custom: { size: "large" } }),
    ]
    const preview = (await owner.post(`/fields/${id}/preview`, { type: "number" })).body.data
    expect(preview).toMatchObject({ filled: 2, lost: 1 })
    expect(preview.examples).toEqual([
      { recordId: bad.id, from: "large", to: null },
      { recordId: good.id, from: "42,5", to: 42.5 },
    ])
    expect((await read(good.id)).custom).toEqual({ size: "42,5" })
    const changed = await owner.patch(`/fields/${id}`, { type: "number" })
    expect(changed.status, changed.text).toBe(200)
    expect((await read(good.id)).custom).toEqual({ size: 42.5 })
    expect((await read(bad.id)).custom).toEqual({ size: null })
    expect(await namesOf({ filter: { field: "custom.size", op: "atLeast", value: 42 } })).toEqual([
      "Somebody",
    ])
    expect((await owner.post(`/fields/${id}/restore`)).status).toBe(200)
    expect((await read(bad.id)).custom).toEqual({ size: "large" })
  })
  it("takes a choice away like a change of type", async () => {
    const choices = [{ label: "Oat" }, { label: "Soy" }]
    const field = await declare({ type: "choices", label: "Milk", options: { choices } })
    const { id } = await person({ custom: { milk: ["oat", "soy"] } })
    const without = { options: { choices: [{ id: "oat", label: "Oat" }] } }
    await owner.patch(`/fields/${field.id}`, without)
    expect((await read(id)).custom).toEqual({ milk: ["oat"] })
    await owner.post(`/fields/${field.id}/restore`)
    expect((await read(id)).custom).toEqual({ milk: ["oat", "soy"] })
  })
  it("is known at once in another process", async () => {
    const { startBridge } = await import("../../kernel/db/bridge.ts")
    const other = await startTestApp({ connection: app.services.pools.connection })
    const bridges = [await startBridge(app.services), await startBridge(other.services)]
    try {
      const there = other.as(shop.apiKey)
      expect((await there.post("/people", { name: "A", custom: { size: 1 } })).status).toBe(422)
      await declare({ type: "number", label: "Size" })
      await expect
        .poll(async () => (await there.post("/people", { name: "A", custom: { size: 1 } })).status)
        .toBe(201)
    } finally {
      for (const bridge of bridges) await bridge.stop()
      await other.close()
    }
  })
})
