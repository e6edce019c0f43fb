import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { listViews } from "./views.service.ts"

let app: TestApp
let shop: TestWorkspace
let owner: Client
let ana: Client & { memberId: string }
let ben: Client & { memberId: string }
let viewer: Client & { memberId: string }
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  shop = await app.workspace()
  owner = shop.owner
  ana = await app.member(shop, "member")
  ben = await app.member(shop, "manager")
  viewer = await app.member(shop, "viewer")
})
afterAll(() => app.close())

const chefs = {
  entity: "people",
  name: "Chefs",
  filter: { all: [{ field: "jobTitle", op: "contains", value: "Chef" }] },
  sort: ["-createdAt"],
  columns: ["name", "jobTitle"],
  widths: { name: 300 },
  grouping: "createdAt:week",
  layout: "board:lifecycleStage",
  search: "so",
}
const nothing = { filter: null, sort: null, columns: null, widths: null, grouping: null, layout: null }
async function make(client: Client, values: object = {}) {
  const answer = await client.post("/views", { ...chefs, ...values })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data
}
const namesFor = async (client: Client, query = "") =>
  (await client.get(`/views${query}`)).body.data.map(({ name }: { name: string }) => name)

describe("a view", () => {
  it("gives back all that was kept, and what was left out as it is before anyone chooses", async () => {
    const made = await make(ana)
    const [read] = (await ana.get("/views?entity=people")).body.data
    expect(read).toEqual(made)
    const fresh = { version: 1, shared: false, pinned: false, deletedAt: null, problems: [] }
    expect(read).toMatchObject({ ...chefs, ...fresh, ownerId: ana.memberId })
    expect(read.can).toEqual({ update: true, delete: true, restore: true })
    const bare = await ana.post("/views", { entity: "people", name: "Bare" })
    expect(bare.body.data).toMatchObject({ ...nothing, search: "" })
  })
  it("of any declared entity is kept, and asked for by entity", async () => {
    await make(ana)
    for (const entity of ["companies", "tasks", "sources"])
      await make(ana, { entity, name: entity, ...nothing })
    expect(await namesFor(ana, "?entity=companies")).toEqual(["companies"])
    expect(await namesFor(ana)).toHaveLength(4)
  })
  it.each([
    ["filter", { field: "shoeSize", op: "is", value: 43 }, "unknown_field"],
    ["filter", { field: "jobTitle", op: "moreThan", value: 3 }, "unknown_operator"],
    ["filter", { related: "pets" }, "unknown_relation"],
    ["sort", ["shoeSize"], "unknown_field"],
    ["columns", ["name", "shoeSize"], "unknown_field"],
    ["widths", { shoeSize: 100 }, "unknown_field"],
    ["grouping", "name", "unknown_field"],
    ["grouping", "createdAt:year", "invalid_value"],
    ["layout", "board:name", "unknown_layout"],
    ["entity", "pets", "unknown_entity"],
  ])("is refused with a %s the list could not show: %j", async (part, value, code) => {
    const { id } = await make(ana)
    const created = await ana.post("/views", { ...chefs, [part]: value })
    expect(created.status).toBe(422)
    expect(created.body.errors).toEqual([expect.objectContaining({ path: part, code })])
    if (part === "entity") return
    const changed = await ana.patch(`/views/${id}`, { [part]: value })
    expect(changed.body.errors).toEqual(created.body.errors)
    expect((await ana.get("/views")).body.data[0]).toMatchObject(chefs)
  })
  it("is changed part by part; with the version of an older state nothing is", async () => {
    const { id } = await make(ana)
    const changed = await ana.patch(`/views/${id}`, { name: "Cooks", filter: null, pinned: true })
    expect(changed.body.data).toMatchObject({
      ...chefs,
      name: "Cooks",
      filter: null,
      pinned: true,
      version: 2,
    })
    expect((await ana.get("/views")).body.data).toEqual([changed.body.data])
    const late = await ana.patch(`/views/${id}`, { name: "Late" }, { "if-match": '"1"' })
    expect(late.body).toMatchObject({ status: 409, code: "version_conflict", details: { version: 2 } })
    expect((await ana.patch(`/views/${id}`, { name: "In time" }, { "if-match": '"2"' })).status).toBe(200)
    expect(await namesFor(ana)).toEqual(["In time"])
  })
  it("is one of at most 500 of a member", async () => {
    await app.services.pools.owner.query(
      `insert into views (workspace_id, id, entity, name, position, owner_id, created_at, updated_at)
       select $1, gen_random_uuid(), 'people', 'Many', n, $2, now(), now() from generate_series(1, 499) n`,
      [shop.id, ana.memberId],
    )
    await make(ana)
    const refused = await ana.post("/views", chefs)
    expect(refused.body.errors).toEqual([expect.objectContaining({ path: "name", code: "too_many" })])
    await make(ben)
  })
  it("stands last when it is new, and where its position puts it", async () => {
    const made = []
    for (const name of ["A", "B", "C"]) made.push(await make(ana, { name }))
    expect(await namesFor(ana)).toEqual(["A", "B", "C"])
    const between = (made[0].position + made[1].position) / 2
    await ana.patch(`/views/${made[2].id}`, { position: between })
    expect(await namesFor(ana)).toEqual(["A", "C", "B"])
  })
  it("that says me means whoever reads it", async () => {
    const filter = { field: "ownerId", op: "is", value: "me" }
    await make(owner, { filter, shared: true })
    for (const [client, name, ownerId] of [
      [ana, "Of Ana", ana.memberId],
      [ben, "Of Ben", ben.memberId],
    ] as const) {
      await owner.post("/people", { name, ownerId })
      const [view] = (await client.get("/views")).body.data
      expect(view.filter).toEqual(filter)
      const { data } = (await client.post("/people/query", { filter: view.filter })).body
      expect(data.map((one: { name: string }) => one.name)).toEqual([name])
    }
  })
  it("with a condition on a field that is gone opens, and names the condition", async () => {
    const { id } = await make(ana)
    const filter = {
      all: [
        { field: "jobTitle", op: "contains", value: "Chef" },
        { any: [{ field: "shoeSize", op: "is", value: 43 }] },
        { not: { field: "jobTitle", op: "became", value: "x" } },
      ],
    }
    await app.services.pools.owner.query(
      'update views set filter = $1, sort = \'["shoeSize"]\', columns = \'["name", "shoeSize"]\' where id = $2',
      [JSON.stringify(filter), id],
    )
    const [view] = (await ana.get("/views")).body.data
    expect(view.filter).toEqual(filter)
    expect(view.problems).toEqual([
      expect.objectContaining({
        path: "filter.all.1.any.0",
        code: "unknown_field",
        message: expect.stringContaining("shoeSize"),
      }),
      expect.objectContaining({ path: "filter.all.2.not", code: "unknown_operator" }),
      expect.objectContaining({ path: "sort.0", code: "unknown_field" }),
      expect.objectContaining({ path: "columns.1", code: "unknown_field" }),
    ])
    // It can still be renamed, and mended.
    expect((await ana.patch(`/views/${id}`, { name: "Old" })).status).toBe(200)
    const mended = await ana.patch(`/views/${id}`, { filter: null, sort: null, columns: null })
    expect(mended.body.data.problems).toEqual([])
  })
})

describe("who sees and changes a view", () => {
  it("of somebody's own: nobody else, whatever their role; for them it does not exist", async () => {
    const { id } = await make(ana)
    for (const client of [owner, ben, viewer]) {
      expect(await namesFor(client)).toEqual([])
      for (const answer of [
        await client.patch(`/views/${id}`, { name: "Mine" }),
        await client.delete(`/views/${id}`),
        await client.post(`/views/${id}/restore`),
        await client.post("/views/default", { entity: "people", for: "me", viewId: id }),
      ])
        expect(answer.status).toBe(404)
    }
    expect(await namesFor(ana)).toEqual(["Chefs"])
  })
  it("that is shared: everybody sees it, its maker and administrators change it", async () => {
    const { id } = await make(ana, { shared: true })
    for (const client of [owner, ben, viewer]) expect(await namesFor(client)).toEqual(["Chefs"])
    for (const client of [ben, viewer]) {
      const [view] = (await client.get("/views")).body.data
      expect(view.can).toEqual({ update: false, delete: false, restore: false })
      expect((await client.patch(`/views/${id}`, { name: "Mine" })).status).toBe(403)
      expect((await client.delete(`/views/${id}`)).status).toBe(403)
    }
    const administrator = await app.member(shop, "administrator")
    expect((await administrator.patch(`/views/${id}`, { name: "Cooks" })).status).toBe(200)
    // Made private by somebody else it would be gone for them.
    expect((await administrator.patch(`/views/${id}`, { shared: false })).status).toBe(403)
    expect((await ana.patch(`/views/${id}`, { shared: false })).status).toBe(200)
    expect(await namesFor(owner)).toEqual([])
    expect(await namesFor(ana)).toEqual(["Cooks"])
  })
  it("viewers keep views of their own and share none", async () => {
    const { id } = await make(viewer)
    expect((await viewer.post("/views", { ...chefs, shared: true })).status).toBe(403)
    expect((await viewer.patch(`/views/${id}`, { shared: true })).status).toBe(403)
    expect((await viewer.patch(`/views/${id}`, { pinned: true })).status).toBe(200)
    expect(await namesFor(owner)).toEqual([])
  })
  it("a maker who may no longer share keeps their own, and leaves the shared ones to administrators", async () => {
    const [shared, own] = [await make(ana, { shared: true }), await make(ana)]
    await owner.patch(`/members/${ana.memberId}`, { role: "viewer" })
    app.clock.advance(1000)
    expect((await ana.patch(`/views/${shared.id}`, { name: "x" })).status).toBe(403)
    expect((await ana.patch(`/views/${own.id}`, { name: "x" })).status).toBe(200)
    expect((await owner.delete(`/views/${shared.id}`)).status).toBe(204)
  })
  it("nobody does who may not read what it lists", async () => {
    await make(owner, { shared: true })
    const seenWith = (...permissions: string[]) =>
      app.inWorkspace(shop, (ctx) =>
        listViews({ ...ctx, permissions: new Set(permissions) }, { deleted: false }),
      )
    expect(await seenWith("views:read")).toEqual([])
    expect(await seenWith("views:read", "people:read")).toHaveLength(1)
  })
  it("no other workspace does", async () => {
    const stranger = await app.workspace()
    const { id } = await make(owner, { shared: true })
    expect(await namesFor(stranger.owner)).toEqual([])
    const missing = "00000000-0000-7000-8000-000000000000"
    for (const target of [id, missing]) {
      expect((await stranger.owner.patch(`/views/${target}`, { name: "x" })).status).toBe(404)
      expect((await stranger.owner.delete(`/views/${target}`)).status).toBe(404)
      const choice = { entity: "people", for: "everyone", viewId: target }
      expect((await stranger.owner.post("/views/default", choice)).status).toBe(404)
    }
    expect(await namesFor(owner)).toEqual(["Chefs"])
  })
})

describe("the bin", () => {
  it("takes a view and gives it back as it was, to whom may change it", async () => {
    const made = await make(ana, { shared: true, pinned: true })
    expect((await ana.delete(`/views/${made.id}`)).status).toBe(204)
    expect(await namesFor(ana)).toEqual([])
    expect((await ana.patch(`/views/${made.id}`, { name: "x" })).status).toBe(404)
    expect((await ana.delete(`/views/${made.id}`)).status).toBe(404)
    expect(await namesFor(ana, "?deleted=true")).toEqual(["Chefs"])
    expect(await namesFor(owner, "?deleted=true")).toEqual(["Chefs"])
    expect(await namesFor(ben, "?deleted=true")).toEqual([])
    expect((await ben.post(`/views/${made.id}/restore`)).status).toBe(403)
    const restored = await ana.post(`/views/${made.id}/restore`)
    expect(restored.body.data).toEqual({ ...made, version: 3, updatedAt: expect.any(String) })
    expect(await namesFor(ben)).toEqual(["Chefs"])
    expect((await ana.post(`/views/${made.id}/restore`)).status).toBe(404)
  })
})

describe("what a list opens with", () => {
  const defaultsFor = async (client: Client) => (await client.get("/views")).body.defaults
  const choose = (client: Client, whose: "me" | "everyone", viewId: string | null) =>
    client.post("/views/default", { entity: "people", for: whose, viewId })

  it("is everyone's, unless a member chose otherwise", async () => {
    const shared = await make(owner, { shared: true })
    const own = await make(ana)
    expect(await defaultsFor(ana)).toEqual({})
    expect((await choose(owner, "everyone", shared.id)).body.data).toEqual({
      people: { everyone: shared.id, own: null },
    })
    expect(await defaultsFor(viewer)).toEqual({ people: { everyone: shared.id, own: null } })
    await choose(ana, "me", own.id)
    expect(await defaultsFor(ana)).toEqual({ people: { everyone: shared.id, own: own.id } })
    await choose(ana, "me", "all")
    expect(await defaultsFor(ana)).toEqual({ people: { everyone: shared.id, own: "all" } })
    await choose(ana, "me", null)
    expect(await defaultsFor(ana)).toEqual({ people: { everyone: shared.id, own: null } })
    expect(await defaultsFor(ben)).toEqual({ people: { everyone: shared.id, own: null } })
    const other = await make(owner, { shared: true, name: "Other" })
    await choose(owner, "everyone", other.id)
    expect(await defaultsFor(ben)).toEqual({ people: { everyone: other.id, own: null } })
    await choose(owner, "everyone", null)
    expect(await defaultsFor(ben)).toEqual({})
  })
  it("for everyone is said by administrators, and is a shared view of that entity", async () => {
    const shared = await make(owner, { shared: true })
    const own = await make(owner)
    for (const client of [ana, ben, viewer])
      expect((await choose(client, "everyone", shared.id)).status).toBe(403)
    expect((await choose(owner, "everyone", own.id)).status).toBe(422)
    const elsewhere = { entity: "companies", for: "everyone", viewId: shared.id }
    expect((await owner.post("/views/default", elsewhere)).status).toBe(404)
    expect(await defaultsFor(owner)).toEqual({})
  })
  it("is forgotten while its view is in the bin or no longer seen", async () => {
    const shared = await make(owner, { shared: true })
    await choose(owner, "everyone", shared.id)
    await choose(ana, "me", shared.id)
    await owner.delete(`/views/${shared.id}`)
    expect(await defaultsFor(ana)).toEqual({})
    await owner.post(`/views/${shared.id}/restore`)
    expect(await defaultsFor(ana)).toEqual({ people: { everyone: shared.id, own: shared.id } })
    await owner.patch(`/views/${shared.id}`, { shared: false })
    expect(await defaultsFor(ana)).toEqual({})
    expect(await defaultsFor(owner)).toEqual({})
  })
})
