import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type Answer, type Client, startTestApp, type TestApp } from "../../../testing/app.ts"

let app: TestApp
let owner: Client
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  owner = (await app.workspace()).owner
})
afterAll(() => app.close())

async function make(path: string, body: object): Promise<string> {
  const answer = await owner.post(path, body)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
const declare = (field: object) => make("/fields", { entity: "people", ...field })
const person = (name: string, custom: object = {}) => make("/people?allowDuplicate=true", { name, custom })
async function read(id: string) {
  return (await owner.get(`/people/${id}`)).body.data
}
async function bulk(ids: string[], action: string, values?: object): Promise<Operation> {
  return ended(await owner.post("/people/bulk", { ids, action, input: values ? { values } : {} }))
}
const undo = async ({ id }: Pick<Operation, "id">) => ended(await owner.post(`/operations/${id}/undo`))
const preview = async ({ id }: Pick<Operation, "id">) =>
  (await owner.get(`/operations/${id}/undo-preview`)).body.data
async function ended(started: Answer): Promise<Operation> {
  expect(started.status, started.text).toBe(202)
  await app.drain()
  const { operationId, id } = started.body.data
  return (await owner.get(`/operations/${operationId ?? id}`)).body.data
}

describe("a unique value that another record holds meanwhile", () => {
  beforeEach(() => declare({ type: "text", label: "Card", unique: true }))

  it("keeps its record in the bin when a deletion is undone; the others come back", async () => {
    const ids = [await person("One", { card: "1" }), await person("Two", { card: "2" })]
    const deletion = await bulk(ids, "delete")
    await person("Heir", { card: "1" })
    const kept = [{ id: ids[0], entity: "people", name: "One", fields: ["record"], reason: "not_unique" }]
    expect(await preview(deletion)).toMatchObject({ restored: 1, removed: 0, keptCount: 1, kept })
    expect(await undo(deletion)).toMatchObject({
      status: "done",
      summary: { restored: 1, keptCount: 1, kept },
    })
    expect((await owner.get(`/people/${ids[0]}`)).status).toBe(404)
    expect((await read(ids[1] as string)).custom.card).toBe("2")
  })
  it("stays where it is when a change is undone; the record's other values go back", async () => {
    const id = await person("One", { card: "1" })
    const change = await bulk([id], "update", { jobTitle: "Chef", custom: { card: "9" } })
    await person("Heir", { card: "1" })
    const kept = [{ id, fields: ["custom.card"], reason: "not_unique" }]
    expect(await preview(change)).toMatchObject({ restored: 1, keptCount: 1, kept })
    expect(await undo(change)).toMatchObject({ summary: { restored: 1, keptCount: 1, kept } })
    expect(await read(id)).toMatchObject({ jobTitle: null, custom: { card: "9" } })
  })
  it("keeps its record in the bin when many are restored, and says which", async () => {
    const ids = [await person("One", { card: "1" }), await person("Two", { card: "2" })]
    await bulk(ids, "delete")
    const heir = await person("Heir", { card: "2" })
    const body = { ids, action: "restore" }
    const refused = [{ id: ids[1], name: "Two", reason: "not_unique" }]
    const foreseen = await owner.post("/people/bulk/preview", body)
    expect(foreseen.body.data).toMatchObject({ total: 2, changed: 1, refusedCount: 1, refused })
    expect((await bulk(ids, "restore")).summary).toMatchObject({ changed: 1, refusedCount: 1, refused })
    expect((await read(ids[0] as string)).custom.card).toBe("1")
    expect((await read(heir)).custom.card).toBe("2")
  })
  it("is left out where a record shall come back without it, and can be found no more", async () => {
    await declare({ type: "formula", label: "Door", options: { formula: "length(custom.card)" } })
    const id = await person("One", { card: "1" })
    await owner.delete(`/people/${id}`)
    const heir = await person("Heir", { card: "1" })
    const restored = await owner.post(`/people/${id}/restore?withoutTaken=true`)
    expect(restored.status, restored.text).toBe(200)
    expect((await read(id)).custom).toEqual({ card: null, door: null })
    const filter = { field: "custom.card", op: "is", value: "1" }
    const { data } = (await owner.post("/people/query", { filter })).body
    expect(data.map((row: { id: string }) => row.id)).toEqual([heir])
    const [latest] = (await owner.get(`/people/${id}/history`)).body.data
    expect(latest.changes).toContainEqual({ field: "custom.card", from: "1", to: null })
  })
  it("is not doubled when a merge is undone: the record is there again without it", async () => {
    const [keep, twin] = [await person("One", { card: "1" }), await person("Two", { card: "2" })]
    const merge = await owner.post("/people/merge", { keep, merge: [twin] })
    expect(merge.status, merge.text).toBe(200)
    const heir = await person("Heir", { card: "2" })
    const kept = [{ id: twin, name: "Two", fields: ["custom.card"], reason: "not_unique" }]
    const operation = { id: merge.body.data.operationId }
    expect(await preview(operation)).toMatchObject({ restored: 1, keptCount: 1, kept })
    expect((await undo(operation)).summary).toMatchObject({ restored: 1, keptCount: 1, kept })
    const cards = await Promise.all([keep, twin, heir].map(async (id) => (await read(id)).custom.card))
    expect(cards).toEqual(["1", null, "2"])
  })
})

describe("a field whose type was changed since", () => {
  it("keeps the values it has: those of the earlier field are listed, never written", async () => {
    const size = await declare({ type: "number", label: "Size" })
    const id = await person("One", { size: 12 })
    const change = await bulk([id], "update", { jobTitle: "Chef", custom: { size: 4 } })
    // As a rating, 12 would be more than there is.
    const retyped = await owner.patch(`/fields/${size}`, { type: "rating" })
    expect(retyped.status, retyped.text).toBe(200)
    const kept = [{ id, fields: ["custom.size"], reason: "field_changed" }]
    expect(await preview(change)).toMatchObject({ restored: 1, keptCount: 1, kept })
    expect((await undo(change)).summary).toMatchObject({ restored: 1, keptCount: 1, kept })
    expect(await read(id)).toMatchObject({ jobTitle: null, custom: { size: 4 } })
  })
  it("is not written by changes from before fields were noted, where their value is none of its own", async () => {
    const size = await declare({ type: "number", label: "Size" })
    const id = await person("One", { size: 12 })
    const change = await bulk([id], "update", { custom: { size: 4 } })
    await app.services.pools.owner.query("update changes set own_fields = null")
    await owner.patch(`/fields/${size}`, { type: "rating" })
    expect((await undo(change)).summary).toMatchObject({ restored: 0, kept: [{ reason: "field_changed" }] })
    expect((await read(id)).custom.size).toBe(4)
  })
  it("keeps its values when a merge is undone", async () => {
    const size = await declare({ type: "number", label: "Size" })
    const [keep, twin] = [await person("One"), await person("Two", { size: 4 })]
    const merge = await owner.post("/people/merge", { keep, merge: [twin] })
    await owner.patch(`/fields/${size}`, { type: "rating" })
    const kept = [{ id: keep, fields: ["custom.size"], reason: "field_changed" }]
    const { summary } = await undo({ id: merge.body.data.operationId })
    expect(summary).toMatchObject({ restored: 1, keptCount: 1, kept })
    expect((await read(keep)).custom.size).toBe(4)
  })
})
