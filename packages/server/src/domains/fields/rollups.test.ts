import { recordActions } from "@regulars/contract/domains/rights.ts"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { roleFor } from "../../kernel/access/testing.ts"
import { eraseRecords } from "../../kernel/records/erase.ts"

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

async function make(path: string, body: object): Promise<string> {
  const answer = await owner.post(path === "/people" ? "/people?allowDuplicate=true" : path, body)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
const declare = (field: object) => make("/fields", { entity: "people", ...field })
const rollup = (label: string, options: object, entity = "people") =>
  declare({ entity, type: "rollup", label, options })
const person = (values: object = {}) => make("/people", { name: "Somebody", ...values })
const task = (about: string[], values: object = {}) =>
  make("/tasks", { title: "Call", about: about.map((id) => ({ type: "person", id })), ...values })
/** Own values once everything that follows has been worked out. */
async function customOf(id: string, path = "/people") {
  await app.drain()
  return (await owner.get(`${path}/${id}`)).body.data.custom
}
const openTasks = { from: "tasks.about", of: "count", where: { field: "status", isAnyOf: ["open"] } }

describe("a roll-up", () => {
  it("counts what links to a record as that comes, changes, goes and comes back", async () => {
    const [one, two] = [await person(), await person()]
    const before = await task([one, two])
    await rollup("Open tasks", { rollup: openTasks })
    expect(await customOf(one)).toEqual({ openTasks: 1 })
    const second = await task([one])
    expect(await customOf(one)).toEqual({ openTasks: 2 })
    await owner.patch(`/tasks/${before}`, { status: "done" })
    expect([await customOf(one), await customOf(two)]).toEqual([{ openTasks: 1 }, { openTasks: 0 }])
    await owner.patch(`/tasks/${second}`, { about: [{ type: "person", id: two }] })
    expect([await customOf(one), await customOf(two)]).toEqual([{ openTasks: 0 }, { openTasks: 1 }])
    await owner.delete(`/tasks/${second}`)
    expect(await customOf(two)).toEqual({ openTasks: 0 })
    await owner.post(`/tasks/${second}/restore`)
    expect(await customOf(two)).toEqual({ openTasks: 1 })
    await app.inWorkspace(shop, (ctx) => eraseRecords(ctx, ctx.registry.entity("tasks")!, [second]))
    expect(await customOf(two)).toEqual({ openTasks: 0 })
  })
  it("begins with none in a new record, and is filtered, sorted and exported as others are", async () => {
    await rollup("Open tasks", { rollup: openTasks })
    await app.drain()
    const [none, many] = [await person({ name: "None" }), await person({ name: "Many" })]
    await task([many])
    await task([many])
    await app.drain()
    const ids = async (body: object) => (await owner.post("/people/query", { ids: true, ...body })).body.ids
    expect(await ids({ filter: { field: "custom.openTasks", op: "is", value: 0 } })).toEqual([none])
    expect(await ids({ filter: { field: "custom.openTasks", op: "atLeast", value: 2 } })).toEqual([many])
    expect(await ids({ sort: ["-custom.openTasks"] })).toEqual([many, none])
    const csv = (await owner.get("/export?entity=people&fields=name,custom.openTasks")).text
    expect(csv).toMatch(/Many,2/)
  })
  it("adds up, and finds the smallest, largest, first and latest", async () => {
    await declare({ type: "money", label: "Budget", options: { currency: "EUR" } })
    await declare({ type: "number", label: "Cups" })
    const company = await make("/companies", { name: "Acme" })
    const euros = (amount: number, currency = "EUR") => ({ amount, currency })
    await person({ companyId: company, custom: { budget: euros(1250), cups: 0.1 } })
    await person({ companyId: company, custom: { budget: euros(2500), cups: 0.2 } })
    await person({ companyId: company, custom: { budget: euros(9900, "USD") } })
    const of = (of: string, field: string, more = {}) => ({
      rollup: { from: "people.companyId", of, field },
      ...more,
    })
    await rollup("Budget", of("sum", "custom.budget"), "companies")
    await rollup("Dollars", of("sum", "custom.budget", { currency: "USD" }), "companies")
    await rollup("Cups", of("sum", "custom.cups"), "companies")
    await rollup("Fewest", of("min", "custom.cups"), "companies")
    await rollup("Most", of("max", "custom.cups"), "companies")
    await rollup("Newest", of("latest", "createdAt"), "companies")
    await rollup(
      "Visited",
      { rollup: { from: "activities.about", of: "latest", field: "occurredAt" } },
      "companies",
    )
    for (const occurredAt of ["2026-02-03T09:00:00.000Z", "2026-01-02T09:00:00.000Z"])
      await make("/activities", { kind: "visit", occurredAt, about: [{ type: "company", id: company }] })
    expect(await customOf(company, "/companies")).toEqual({
      budget: euros(3750),
      dollars: euros(9900, "USD"),
      cups: 0.3,
      fewest: 0.1,
      most: 0.2,
      newest: app.clock.now.toISOString(),
      visited: "2026-02-03T09:00:00.000Z",
    })
  })
  it("goes along own links, through a merge and back", async () => {
    await declare({ type: "link", label: "Mentor", options: { target: "people" } })
    const [keep, twin] = [await person({ name: "Keep" }), await person({ name: "Twin" })]
    await rollup("Pupils", { rollup: { from: "people.custom.mentor", of: "count" } })
    await person({ custom: { mentor: keep } })
    await person({ custom: { mentor: twin } })
    expect([(await customOf(keep)).pupils, (await customOf(twin)).pupils]).toEqual([1, 1])
    const merged = await owner.post("/people/merge", { keep, merge: [twin] })
    expect(merged.status, merged.text).toBe(200)
    expect((await customOf(keep)).pupils).toBe(2)
    await owner.post(`/operations/${merged.body.data.operationId}/undo`)
    expect([(await customOf(keep)).pupils, (await customOf(twin)).pupils]).toEqual([1, 1])
  })
  it("is made of own objects, and they have some, too", async () => {
    const type = await make("/object-types", { one: "Machine", many: "Machines" })
    const machines = "/objects/machines"
    await declare({
      entity: "objects/machines",
      type: "link",
      label: "Keeper",
      options: { target: "people" },
    })
    await declare({ entity: "objects/machines", type: "number", label: "Cups" })
    const kept = { from: "objects/machines.custom.keeper", of: "sum", field: "custom.cups" }
    await rollup("Cups", { rollup: kept })
    await rollup("Tasks", { rollup: { from: "tasks.about", of: "count" } }, "objects/machines")
    const id = await person()
    const machine = await make(machines, { name: "Press", custom: { keeper: id, cups: 7 } })
    await task([], { about: [{ type: "objects/machines", id: machine }] })
    expect(await customOf(id)).toEqual({ cups: 7 })
    expect(await customOf(machine, machines)).toEqual({ keeper: id, cups: 7, tasks: 1 })
    expect((await owner.delete(`/object-types/${type}`)).status).toBe(409)
    await app.inWorkspace(shop, (ctx) => eraseRecords(ctx, ctx.registry.entity("people")!, [id]))
    expect(await customOf(machine, machines)).toEqual({ keeper: null, cups: 7, tasks: 1 })
  })
  it("is written by nobody, and keeps what it is made of from going", async () => {
    const cups = await declare({ type: "number", label: "Cups" })
    await rollup(
      "All cups",
      { rollup: { from: "people.companyId", of: "sum", field: "custom.cups" } },
      "companies",
    )
    const refused = await owner.post("/companies", { name: "B", custom: { allCups: 1 } })
    expect(refused.body.errors).toEqual([expect.objectContaining({ code: "unknown_field" })])
    expect((await owner.delete(`/fields/${cups}`)).status).toBe(409)
    expect((await owner.patch(`/fields/${cups}`, { type: "text" })).status).toBe(409)
    expect((await owner.patch(`/fields/${cups}`, { label: "Cups a week" })).status).toBe(200)
  })
  it.each([
    [undefined, "options.rollup"],
    [{ from: "nothing.about", of: "count" }, "options.rollup.from"],
    [{ from: "tasks.title", of: "count" }, "options.rollup.from"],
    [{ from: "people.companyId", of: "count" }, "options.rollup.from"],
    [{ from: "tasks.about", of: "count", field: "dueDate" }, "options.rollup.field"],
    [{ from: "tasks.about", of: "sum", field: "title" }, "options.rollup.field"],
    [{ from: "tasks.about", of: "sum", field: "dueDate" }, "options.rollup.field"],
    [{ from: "tasks.about", of: "latest" }, "options.rollup.field"],
    [{ ...openTasks, where: { field: "title", isAnyOf: ["x"] } }, "options.rollup.where"],
    [{ ...openTasks, where: { field: "status", isAnyOf: ["late"] } }, "options.rollup.where"],
  ])("made of %j is refused", async (given, path) => {
    const answer = await owner.post("/fields", {
      entity: "people",
      type: "rollup",
      label: "X",
      options: given ? { rollup: given } : {},
    })
    expect(answer.body.errors).toEqual([expect.objectContaining({ path })])
  })
  it("follows a field it is made of through another type and back", async () => {
    const cups = await declare({ type: "number", label: "Cups" })
    const company = await make("/companies", { name: "Acme" })
    await person({ companyId: company, custom: { cups: 3.5 } })
    const sum = { rollup: { from: "people.companyId", of: "sum", field: "custom.cups" } }
    await rollup("All cups", sum, "companies")
    expect(await customOf(company, "/companies")).toEqual({ allCups: 3.5 })
    expect((await owner.patch(`/fields/${cups}`, { type: "rating" })).status).toBe(200)
    expect(await customOf(company, "/companies")).toEqual({ allCups: 4 })
    await owner.post(`/fields/${cups}/restore`)
    expect(await customOf(company, "/companies")).toEqual({ allCups: 3.5 })
  })
  it("follows a change of what it is made of", async () => {
    const id = await person()
    await task([id], { priority: "high" })
    const fieldId = await rollup("Tasks", { rollup: { from: "tasks.about", of: "count" } })
    expect(await customOf(id)).toEqual({ tasks: 1 })
    const where = { field: "priority", isAnyOf: ["low"] }
    const options = { rollup: { from: "tasks.about", of: "count", where } }
    expect((await owner.patch(`/fields/${fieldId}`, { options })).status).toBe(200)
    expect(await customOf(id)).toEqual({ tasks: 0 })
  })
})

it("a roll-up is there only for who sees all that it is made of", async () => {
  await rollup("Open tasks", { rollup: openTasks })
  await declare({ type: "formula", label: "Twice", options: { formula: "custom.openTasks * 2" } })
  const id = await person()
  await task([id])
  await app.drain()
  const member = await app.member(shop, "member")
  const seen = async (change: Parameters<typeof roleFor>[2]) => {
    const roleId = await roleFor(owner, "all", change)
    expect((await owner.patch(`/members/${member.memberId}`, { roleId })).status).toBe(200)
    const answer = await member.get(`/people/${id}`)
    expect(answer.status).toBe(200)
    const filter = { field: "custom.openTasks", op: "atLeast", value: 1 }
    const { status } = await member.post("/people/query", { filter })
    // What is made of it would tell the same.
    const { openTasks: open, twice } = answer.body.data.custom ?? {}
    expect(twice).toBe(open && open * 2)
    return [open, status]
  }
  expect(await seen(() => undefined)).toEqual([1, 200])
  expect(
    await seen((rights) => {
      for (const action of recordActions) rights.entities.tasks![action] = "own"
    }),
  ).toEqual([undefined, 422])
  expect(
    await seen((rights) => {
      rights.entities.tasks!.fields = { status: "hidden" }
    }),
  ).toEqual([undefined, 422])
})
