import { access, glob, readFile } from "node:fs/promises"
import { join } from "node:path"
import { entityList } from "@regulars/contract/entities.ts"
import { afterAll, beforeAll, expect, it } from "vitest"
import { productRegistry } from "../../src/app.ts"
import { grantEntity } from "../../src/kernel/access/roles.ts"
import { checkReferenceRules } from "../../src/kernel/records/reference-rules.ts"
import { startTestApp, type TestApp, type TestWorkspace } from "../app.ts"
import { bicycles } from "./bicycles.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  grantEntity(bicycles)
  app = await startTestApp({ registry: productRegistry([...entityList, bicycles]) })
  await app.services.pools.owner.query(await readFile(join(import.meta.dirname, "bicycles.sql"), "utf8"))
  shop = await app.workspace()
})
afterAll(() => app.close())

const packages = join(import.meta.dirname, "../../..")
/** What an entity of the product touches; beside these two stand-ins, everything else here is this test. */
const touched = {
  written: ["contract/src/domains/bicycles.ts", "server/migrations/NNNN-bicycles.sql"],
  extended: [
    "contract/src/entities.ts",
    "contract/src/endpoints.ts",
    "server/src/kernel/db/generated/tables.ts",
    ...["de", "en", "es"].map((language) => `locales/src/${language}/fields.json`),
    ...["de", "en", "es"].map((language) => `locales/src/${language}/events.json`),
  ],
}

it("costs eleven files at most, and no code knows of it", async () => {
  expect(touched.written.length + touched.extended.length).toBeLessThanOrEqual(11)
  for (const file of touched.extended) await access(join(packages, file))
  for await (const file of glob("{contract,locales,server,web}/src/**/*.{ts,tsx,json}", { cwd: packages }))
    expect((await readFile(join(packages, file), "utf8")).match(/\bbicycles\b/), file).toBeNull()
})

it("gives a further entity its API, links, list, filter, search and history from one declaration", async () => {
  const { owner } = shop
  const person = (await owner.post("/people", { name: "Ida" })).body.data
  const made = await owner.post("/bicycles", {
    frame: "RX-1",
    kind: "cargo",
    price: 2400.5,
    electric: true,
    ownerId: person.id,
    tags: ["fast"],
    serviced: [{ part: "chain", on: "2026-01-02" }],
  })
  expect(made.status).toBe(201)
  expect(made.body.data).toMatchObject({
    frame: "RX-1",
    kind: "cargo",
    price: 2400.5,
    electric: true,
    serviced: [{ part: "chain" }],
  })
  expect((await owner.post("/bicycles", { frame: "rx-1" })).body.code).toBe("duplicate_suspected")
  expect((await owner.post("/bicycles", { frame: "RX-2", kind: "boat" })).body).toMatchObject({
    code: "validation_failed",
    errors: [{ path: "kind" }],
  })
  await owner.post("/bicycles", { frame: "RX-2", kind: "city", bought: "2025-05-05" })
  const id = made.body.data.id
  expect(
    (await owner.patch(`/bicycles/${id}`, { kind: "road" }, { "if-match": '"1"' })).body.data,
  ).toMatchObject({ kind: "road", version: 2 })
  const filtered = await owner.post("/bicycles/query", {
    filter: {
      all: [
        { field: "kind", op: "is", value: "road" },
        { field: "price", op: "moreThan", value: 2000 },
        { related: "ownerId", some: { field: "name", op: "is", value: "ida" } },
      ],
    },
    include: ["ownerId"],
    count: "true",
  })
  expect(filtered.body).toMatchObject({
    data: [{ id }],
    count: { value: 1, capped: false },
    included: { people: { [person.id]: "Ida" } },
  })
  expect(
    (await owner.post("/bicycles/query", { sort: ["-frame"] })).body.data.map(
      (row: { frame: string }) => row.frame,
    ),
  ).toEqual(["RX-2", "RX-1"])
  const timeline = (await owner.get(`/bicycles/${id}/timeline`)).body.data
  expect(timeline.map((entry: { type: string }) => entry.type)).toEqual([
    "bicycle.updated",
    "bicycle.created",
  ])
  expect(timeline[0].data.changes).toEqual([{ field: "kind", from: "cargo", to: "road" }])
  expect((await owner.delete(`/bicycles/${id}`)).status).toBe(204)
  expect((await owner.get(`/bicycles/${id}`)).status).toBe(404)
  expect((await owner.post(`/bicycles/${id}/restore`)).body.data.kind).toBe("road")
})

it("undoes a bulk change of it, keeping what someone changed since", async () => {
  const { owner } = shop
  const rows = (
    await owner.post("/bicycles/batch", { rows: [{ frame: "B-1" }, { frame: "B-2" }, { kind: "road" }] })
  ).body.data
  expect(rows.map((row: { status: string }) => row.status)).toEqual(["created", "created", "refused"])
  const bulk = await owner.post("/bicycles/bulk", {
    filter: { field: "frame", op: "startsWith", value: "b-" },
    action: "update",
    input: { values: { kind: "city", electric: true } },
  })
  expect(bulk.status).toBe(202)
  await app.drain()
  const operationId = bulk.body.data.operationId
  expect((await owner.get(`/operations/${operationId}`)).body.data).toMatchObject({
    status: "done",
    done: 2,
    total: 2,
    canUndo: true,
    summary: { changed: 2 },
  })
  await owner.patch(`/bicycles/${rows[0].id}`, { kind: "cargo" })
  const undo = await owner.post(`/operations/${operationId}/undo`)
  expect(undo.status).toBe(202)
  await app.drain()
  expect((await owner.get(`/operations/${undo.body.data.id}`)).body.data).toMatchObject({
    status: "done",
    summary: { restored: 2, keptCount: 1, kept: [{ id: rows[0].id, fields: ["kind"] }] },
  })
  expect((await owner.get(`/bicycles/${rows[0].id}`)).body.data).toMatchObject({
    kind: "cargo",
    electric: null,
  })
  expect((await owner.get(`/bicycles/${rows[1].id}`)).body.data).toMatchObject({ kind: null, electric: null })
})

it("comes along when the people it belongs to are merged, and goes back with them", async () => {
  const { owner } = shop
  const make = async (name: string) =>
    (await owner.post("/people?allowDuplicate=true", { name })).body.data.id
  const [keep, twin] = [await make("Ida K."), await make("Ida Kern")]
  const bicycle = (await owner.post("/bicycles", { frame: "RX-9", ownerId: twin })).body.data.id
  const belongsTo = async () => (await owner.get(`/bicycles/${bicycle}`)).body.data.ownerId
  const answer = await owner.post("/people/merge", { keep, merge: [twin] })
  expect(answer.status, answer.text).toBe(200)
  expect(await belongsTo()).toBe(keep)
  await checkReferenceRules(app.services.pools, app.services.registry)
  await owner.post(`/operations/${answer.body.data.operationId}/undo`)
  await app.drain()
  expect(await belongsTo()).toBe(twin)
})
