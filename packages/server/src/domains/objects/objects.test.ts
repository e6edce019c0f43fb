import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

let app: TestApp
let shop: TestWorkspace
let ida: string
const machines = "/objects/machines"
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
  ida = await make("/people", { name: "Ida" })
})
afterAll(() => app.close())

async function make(path: string, values: object): Promise<string> {
  const answer = await shop.owner.post(path, values)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
const declare = (one: string, many: string, more = {}) => make("/object-types", { one, many, ...more })
const names = (answer: { body: { data: { name: string }[] } }) => answer.body.data.map(({ name }) => name)

describe("an object that the workspace declared", () => {
  let typeId: string
  beforeAll(async () => {
    typeId = await declare("Machine", "Machines", { icon: "tool" })
    const field = (label: string, type: string, options = {}) =>
      make("/fields", { entity: "objects/machines", label, type, options })
    await field("Keeper", "link", { target: "people" })
    await field("Bought", "date")
    await field("Price", "money", { currency: "EUR" })
    await field("Serial", "text")
    await field("Spare for", "link", { target: "objects/machines" })
  })

  it("is listed with its name in the API", async () => {
    const { data } = (await shop.owner.get("/object-types")).body
    expect(data).toMatchObject([
      { key: "machines", entity: "objects/machines", one: "Machine", many: "Machines", icon: "tool" },
    ])
  })

  it("has records with own fields, listed, filtered, sorted and counted", async () => {
    const custom = { keeper: ida, bought: "2025-05-05", serial: "RX-1" }
    const made = await shop.owner.post(machines, { name: "Grinder", ownerId: shop.ownerId, custom })
    expect(made.status, made.text).toBe(201)
    expect(made.body.data).toMatchObject({ name: "Grinder", ownerId: shop.ownerId, custom, version: 1 })
    const spare = { serial: "RX-2", spareFor: made.body.data.id }
    await make(machines, {
      name: "Ärmel press",
      custom: { price: { amount: 1999, currency: "EUR" }, ...spare },
    })
    expect(names(await shop.owner.get(`${machines}?sort=-name`))).toEqual(["Grinder", "Ärmel press"])
    expect(names(await shop.owner.get(`${machines}?sort=custom.serial`))).toEqual(["Grinder", "Ärmel press"])
    const query = (body: object) => shop.owner.post(`${machines}/query`, body)
    const found = await query({
      filter: {
        all: [
          { field: "name", op: "contains", value: "grind" },
          { field: "custom.serial", op: "startsWith", value: "rx" },
          { related: "custom.keeper", some: { field: "name", op: "is", value: "ida" } },
        ],
      },
      include: ["custom.keeper", "ownerId"],
      count: "exact",
    })
    expect(found.body).toMatchObject({
      data: [{ name: "Grinder" }],
      count: { value: 1 },
      included: { people: { [ida]: "Ida" } },
    })
    expect(names(await query({ filter: { search: "press" } }))).toEqual(["Ärmel press"])
    expect((await query({ ids: true })).body.ids).toHaveLength(2)
    const sums = await shop.owner.post(`${machines}/aggregate`, { fields: ["custom.price"] })
    expect(sums.body.data).toMatchObject({ count: 2, figures: { "custom.price": [{ sum: 1999 }] } })
  })

  it("is found from what its records link to, and among each other", async () => {
    const related = (path: string, name: string, part: object) =>
      shop.owner.post(`${path}/query`, { filter: { related: name, ...part } })
    const rx1 = { field: "custom.serial", op: "is", value: "RX-1" }
    expect(names(await related("/people", "objects/machines.keeper", { some: rx1 }))).toEqual(["Ida"])
    expect(names(await related("/people", "objects/machines.keeper", { none: rx1 }))).toEqual([])
    const rx2 = { field: "custom.serial", op: "is", value: "RX-2" }
    expect(names(await related("/people", "objects/machines.keeper", { some: rx2 }))).toEqual([])
    expect(names(await related(machines, "objects/machines.spareFor", {}))).toEqual(["Grinder"])
    expect(names(await related(machines, "custom.spareFor", { some: rx1 }))).toEqual(["Ärmel press"])
    expect((await related("/companies", "objects/machines.keeper", {})).body.errors).toMatchObject([
      { code: "unknown_relation" },
    ])
  })

  it("keeps history, refuses conflicts, and goes to the bin and back", async () => {
    const id = await make(machines, { name: "Roaster" })
    const path = `${machines}/${id}`
    const changed = await shop.owner.patch(path, { custom: { serial: "R-9" } }, { "if-match": '"1"' })
    expect(changed.body.data).toMatchObject({ version: 2, custom: { serial: "R-9" } })
    expect(
      (await shop.owner.patch(path, { custom: { serial: "R-8" } }, { "if-match": '"1"' })).body.code,
    ).toBe("version_conflict")
    expect((await shop.owner.get(`${path}/history`)).body.data[0].changes).toEqual([
      { field: "custom.serial", from: null, to: "R-9" },
    ])
    expect((await shop.owner.delete(path)).status).toBe(204)
    expect((await shop.owner.get(path)).status).toBe(404)
    expect(names(await shop.owner.get(`${machines}?deleted=true`))).toEqual(["Roaster"])
    expect((await shop.owner.post(`${path}/restore`)).body.data.name).toBe("Roaster")
    const told = (await shop.owner.get(`${path}/timeline`)).body.data
    expect(told.map(({ type }: { type: string }) => type)).toEqual(
      ["restored", "removed", "updated", "created"].map((fact) => `objects/machines.${fact}`),
    )
    expect((await shop.owner.post(machines, { name: " " })).status).toBe(422)
    expect((await shop.owner.post(machines, { name: "X", color: "red" })).status).toBe(422)
    expect((await shop.owner.post(machines, { name: "X", custom: { bought: "soon" } })).status).toBe(422)
  })

  it("stands on the timelines of what its records link to, also when linked later", async () => {
    const bo = await make("/people", { name: "Bo" })
    const id = await make(machines, { name: "Kettle", custom: { keeper: ida } })
    await shop.owner.patch(`${machines}/${id}`, { custom: { keeper: bo } })
    const told = async (person: string) =>
      (await shop.owner.get(`/people/${person}/timeline?types=objects/machines`)).body.data.filter(
        ({ subjects }: { subjects: { id: string }[] }) => subjects.some((subject) => subject.id === id),
      )
    expect(await told(ida)).toMatchObject([
      { type: "objects/machines.created", subjects: [{ type: "objects/machines", name: "Kettle" }] },
    ])
    expect(await told(bo)).toMatchObject([{ type: "objects/machines.updated" }])
    await shop.owner.delete(`${machines}/${id}`)
    expect(await told(ida)).toEqual([])
  })

  it("can be noted about, asked for in a search, and moves along when people are merged", async () => {
    const twin = await make("/people?allowDuplicate=true", { name: "Ida Kern" })
    const id = await make(machines, { name: "Oven of Ida", custom: { keeper: twin } })
    const about = [{ type: "objects/machines", id }]
    const note = await make("/notes", { text: "makes a noise", about })
    const task = await make("/tasks", { title: "Repair", about })
    const told = (await shop.owner.get(`${machines}/${id}/timeline`)).body.data
    expect(told.map(({ type }: { type: string }) => type)).toEqual([
      "task.created",
      "note.created",
      "objects/machines.created",
    ])
    const noted = { filter: { related: "notes", some: { field: "text", op: "contains", value: "noise" } } }
    expect(names(await shop.owner.post(`${machines}/query`, noted))).toEqual(["Oven of Ida"])
    expect((await shop.owner.get(`/notes/${note}?include=about`)).body.included["objects/machines"]).toEqual({
      [id]: "Oven of Ida",
    })
    expect((await shop.owner.get(`/tasks/${task}`)).body.data.about).toEqual(about)
    expect((await shop.owner.get("/search?q=oven")).body.data[0]).toMatchObject({
      type: "objects/machines",
      id,
    })
    const merged = await shop.owner.post("/people/merge", { keep: ida, merge: [twin] })
    expect(merged.status, merged.text).toBe(200)
    const keeper = async () => (await shop.owner.get(`${machines}/${id}`)).body.data.custom.keeper
    expect(await keeper()).toBe(ida)
    await shop.owner.post(`/operations/${merged.body.data.operationId}/undo`)
    await app.drain()
    expect(await keeper()).toBe(twin)
  })

  it("is changed in bulk and by cells, with undo", async () => {
    const rows = [{ name: "Cup 1" }, { name: "Cup 2", custom: { serial: "C" } }, { custom: {} }]
    const batch = (await shop.owner.post(`${machines}/batch`, { rows })).body.data
    expect(batch.map(({ status }: { status: string }) => status)).toEqual(["created", "created", "refused"])
    const filter = { field: "name", op: "startsWith", value: "cup" }
    const input = { values: { custom: { serial: "Bulk" } } }
    const bulk = await shop.owner.post(`${machines}/bulk`, { filter, action: "update", input })
    expect(bulk.status, bulk.text).toBe(202)
    await app.drain()
    const serials = async () =>
      (await shop.owner.post(`${machines}/query`, { filter })).body.data.map(
        ({ custom }: { custom: { serial: string | null } }) => custom.serial,
      )
    expect(await serials()).toEqual(["Bulk", "Bulk"])
    await shop.owner.post(`/operations/${bulk.body.data.operationId}/undo`)
    await app.drain()
    expect(await serials()).toEqual([null, "C"])
    const [{ id }] = batch
    const texts = { "custom.serial": "typed" }
    const cells = await shop.owner.post(`${machines}/cells`, { changes: [{ id, texts }] })
    expect(cells.body.data).toMatchObject({ changed: 1, refused: [] })
    expect(await serials()).toEqual(["typed", "C"])
  })

  it("is called something else under the same key, and keeps its records while it is removed", async () => {
    const renamed = await shop.owner.patch(
      `/object-types/${typeId}`,
      { many: "Devices" },
      { "if-match": '"1"' },
    )
    expect(renamed.body.data).toMatchObject({ many: "Devices", key: "machines", version: 2 })
    const stale = await shop.owner.patch(`/object-types/${typeId}`, { many: "X" }, { "if-match": '"1"' })
    expect(stale.body.code).toBe("version_conflict")
    const before = (await shop.owner.get(`${machines}?count=exact`)).body
    expect((await shop.owner.delete(`/object-types/${typeId}`)).status).toBe(204)
    for (const path of [machines, `${machines}/${before.data[0].id}`])
      expect((await shop.owner.get(path)).status).toBe(404)
    expect((await shop.owner.get("/search?q=oven")).body.data).toEqual([])
    expect((await shop.owner.get("/object-types")).body.data).toEqual([])
    const again = await shop.owner.post("/object-types", { one: "M", many: "M", key: "machines" })
    expect(again.body.errors).toMatchObject([{ path: "key", code: "not_unique" }])
    expect((await shop.owner.get("/object-types?deleted=true")).body.data).toMatchObject([{ id: typeId }])
    expect((await shop.owner.post(`/object-types/${typeId}/restore`)).status).toBe(200)
    expect((await shop.owner.get(`${machines}?count=exact`)).body.count).toEqual(before.count)
    expect((await shop.owner.post(`/object-types/${typeId}/restore`)).status).toBe(404)
    const { data } = (await shop.owner.get("/audit?area=security&limit=200")).body
    const changes = data.filter(({ type }: { type: string }) => type === "security.object_changed")
    expect(changes.slice(0, 3).map((fact: { data: { change: string } }) => fact.data.change)).toEqual([
      "restored",
      "removed",
      "changed",
    ])
  })
})
