import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

let app: TestApp
let shop: TestWorkspace
let owner: Client
beforeAll(async () => {
  app = await startTestApp()
  // Ahead of the database's clock, so that what is to wait does.
  app.clock.now = new Date("2040-03-18T10:00:00Z")
})
beforeEach(async () => {
  shop = await app.workspace()
  owner = shop.owner
})
afterAll(() => app.close())

async function make(path: string, body: object): Promise<string> {
  const answer = await owner.post(path, body)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
/** Everything that waits is done. */
async function settle() {
  app.clock.advance(5000)
  await app.drain()
}
async function customOf(id: string, path = "/people") {
  await settle()
  return (await owner.get(`${path}/${id}`)).body.data.custom
}
/** Statements since then that add up. */
const sums = (from: number) => app.statements.slice(from).filter((text) => text.includes("sum("))

describe("roll-ups are worked out again", () => {
  let company: string
  beforeEach(async () => {
    company = await make("/companies", { name: "Acme" })
    await make("/fields", { entity: "people", type: "number", label: "Cups" })
    const rollup = { from: "people.companyId", of: "sum", field: "custom.cups" }
    const where = { field: "lifecycleStage", isAnyOf: ["customer"] }
    const options = { rollup: { ...rollup, where } }
    await make("/fields", { entity: "companies", type: "rollup", label: "Cups", options })
    await settle()
  })
  const person = (values: object = {}) =>
    make("/people?allowDuplicate=true", {
      name: "Somebody",
      lifecycleStage: "customer",
      companyId: company,
      custom: { cups: 2 },
      ...values,
    })

  it("only where a field changed that they are made of", async () => {
    const id = await person()
    expect(await customOf(company, "/companies")).toEqual({ cups: 2 })
    const after = async (values: object) => {
      const from = app.statements.length
      expect((await owner.patch(`/people/${id}`, values)).status).toBe(200)
      await settle()
      return sums(from).length
    }
    expect(await after({ name: "Anybody" })).toBe(0)
    expect(await after({ custom: { cups: 5 } })).toBe(1)
    expect(await after({ lifecycleStage: "lead" })).toBe(1)
    expect(await customOf(company, "/companies")).toEqual({ cups: null })
    expect(await after({ lifecycleStage: "customer" })).toBe(1)
    expect(await customOf(company, "/companies")).toEqual({ cups: 5 })
    expect(await after({ companyId: null })).toBe(1)
    expect(await customOf(company, "/companies")).toEqual({ cups: null })
  })

  it("once for a change to many records of one company, however many steps that takes", async () => {
    const rows = Array.from({ length: 600 }, (_, index) => ({
      name: `Person ${index}`,
      lifecycleStage: "customer",
      companyId: company,
    }))
    const batch = await owner.post("/people/batch", { rows })
    expect(batch.status, batch.text).toBe(200)
    await settle()
    const from = app.statements.length
    const filter = { field: "name", op: "startsWith", value: "Person" }
    const change = { filter, action: "update", input: { values: { custom: { cups: 3 } } } }
    const bulk = await owner.post("/people/bulk", change)
    expect(bulk.status, bulk.text).toBe(202)
    await app.drain()
    // Its two steps are done, and what follows from them waits for a third.
    const operation = (await owner.get(`/operations/${bulk.body.data.operationId}`)).body.data
    expect(operation).toMatchObject({ status: "done", done: 600 })
    expect(sums(from)).toHaveLength(0)
    expect(await customOf(company, "/companies")).toEqual({ cups: 1800 })
    expect(sums(from)).toHaveLength(1)
  })

  it("once for each of many companies, however many steps an operation takes, and together", async () => {
    const names = Array.from({ length: 40 }, (_, index) => ({ name: `Company ${index}` }))
    const companies = (await owner.post("/companies/batch", { rows: names })).body.data
    const rows = Array.from({ length: 600 }, (_, index) => ({
      name: `Person ${index}`,
      lifecycleStage: "customer",
      companyId: companies[index % 40].id,
    }))
    expect((await owner.post("/people/batch", { rows })).status).toBe(200)
    await settle()
    const from = app.statements.length
    const filter = { field: "name", op: "startsWith", value: "Person" }
    const change = { filter, action: "update", input: { values: { custom: { cups: 3 } } } }
    expect((await owner.post("/people/bulk", change)).status).toBe(202)
    await app.drain()
    expect(sums(from)).toHaveLength(0)
    for (const { id } of [companies[0], companies[39]])
      expect(await customOf(id, "/companies")).toEqual({ cups: 45 })
    expect(sums(from)).toHaveLength(1)
  })

  it("once for all that one request writes", async () => {
    const from = app.statements.length
    const rows = Array.from({ length: 300 }, (_, index) => ({
      name: `Person ${index}`,
      lifecycleStage: "customer",
      companyId: company,
      custom: { cups: 1 },
    }))
    expect((await owner.post("/people/batch", { rows })).status).toBe(200)
    expect(await customOf(company, "/companies")).toEqual({ cups: 300 })
    expect(sums(from)).toHaveLength(1)
  })
})

it("a record that a merge had taken away counts what links to it now", async () => {
  const person = (name: string, values: object = {}) =>
    make("/people?allowDuplicate=true", { name, ...values })
  await make("/fields", { entity: "people", type: "link", label: "Mentor", options: { target: "people" } })
  const options = { rollup: { from: "people.custom.mentor", of: "count" } }
  await make("/fields", { entity: "people", type: "rollup", label: "Pupils", options })
  const [keep, twin, other] = [await person("Keep"), await person("Twin"), await person("Other")]
  const pupil = await person("Pupil", { custom: { mentor: twin } })
  expect((await customOf(twin)).pupils).toBe(1)
  const merged = await owner.post("/people/merge", { keep, merge: [twin] })
  expect((await customOf(keep)).pupils).toBe(1)
  await owner.patch(`/people/${pupil}`, { custom: { mentor: other } })
  expect((await customOf(keep)).pupils).toBe(0)
  await owner.post(`/operations/${merged.body.data.operationId}/undo`)
  await settle()
  const pupils = [keep, twin, other].map(async (id) => (await customOf(id)).pupils)
  expect(await Promise.all(pupils)).toEqual([0, 0, 1])
})
