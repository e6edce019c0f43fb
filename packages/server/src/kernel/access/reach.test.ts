import type { Reach } from "@regulars/contract/domains/rights.ts"
import { endpoints } from "@regulars/contract/endpoints.ts"
import { entityList } from "@regulars/contract/entities.ts"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Answer, type Client, startTestApp, type TestApp } from "../../../testing/app.ts"
import { makeTwins, type Twin } from "../../../testing/twins.ts"
import { roleFor } from "./testing.ts"

/**
 * In the twins' first workspace everything is the owner's and carries "azure"; Ben, whose role reaches his own
 * records, has one customer with everything about her, all marked "beryl". By no path does he meet azure.
 */
let app: TestApp
let shop: Twin
let ben: Client & { memberId: string }
const own: Record<string, string> = {}
const asBen = (reach: Reach) => roleFor(shop.owner, reach)

beforeAll(async () => {
  app = await startTestApp()
  ;[shop] = await makeTwins(app)
  ben = await app.member(shop, "member")
  await give(await asBen("own"))
  const create = async (entity: string, values: object) => {
    const answer = await ben.post(`/${entity}`, values)
    expect(answer.status, answer.text).toBe(201)
    own[entity] = answer.body.data.id
  }
  await create("people", {
    name: "Bea beryl",
    emails: [{ address: "bea@beryl.example" }],
    birthday: { month: 3, day: 19 },
    lifecycleStage: "regular",
  })
  await shop.owner.patch(`/people/${shop.ids.people}`, { birthday: { month: 3, day: 19 } })
  const about = [{ type: "person", id: own.people }]
  await create("notes", { text: "beryl note", about })
  await create("tasks", { title: "beryl task", dueDate: "2026-03-18", assigneeId: ben.memberId, about })
  await create("activities", { kind: "call", occurredAt: "2026-03-17T10:00:00Z", text: "beryl call", about })
  await app.drain()
})
afterAll(() => app.close())

async function give(roleId: string): Promise<void> {
  const answer = await shop.owner.patch(`/members/${ben.memberId}`, { roleId })
  expect(answer.status, answer.text).toBe(200)
}
function expectClean(answer: Answer, status = 200): Answer {
  expect(answer.status, answer.text).toBe(status)
  expect(answer.text).not.toContain("azure")
  for (const id of Object.values(shop.ids)) expect(answer.text).not.toContain(id)
  return answer
}
const entities = entityList.map(({ name }) => name)
const personal = ["people", "companies", "notes", "tasks", "activities"] as const

describe("a role that reaches one's own records", () => {
  it.each(entities)("lists, counts and names %s that are one's own", async (entity) => {
    const listed = expectClean(await ben.post(`/${entity}/query`, { count: "exact", limit: 200 }))
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toEqual(own[entity] ? [own[entity]] : [])
    expect(listed.body.count.value).toBe(own[entity] ? 1 : 0)
    expectClean(await ben.get(`/${entity}?limit=200`))
    const ids = expectClean(await ben.post(`/${entity}/query`, { ids: true }))
    expect(ids.body.ids).toEqual(own[entity] ? [own[entity]] : [])
    const foreign = shop.ids[entity as keyof Twin["ids"]]
    expect(
      expectClean(await ben.post(`/${entity}/query`, { only: [foreign].slice(0, 0) })).body.data,
    ).toEqual([])
    expect((await ben.post(`/${entity}/query`, { only: [foreign] })).body.data).toEqual([])
  })

  it("lists ids in the order of an own field without those of others", async () => {
    const field = await shop.owner.post("/fields", { entity: "people", type: "number", label: "Shoe size" })
    expect(field.status, field.text).toBe(201)
    const sort = [`custom.${field.body.data.key}`]
    const custom = { [field.body.data.key]: 41 }
    await shop.owner.patch(`/people/${shop.ids.people}`, { custom })
    expect((await shop.owner.post("/people/query", { ids: true, sort })).body.ids[0]).toBe(shop.ids.people)
    expect(expectClean(await ben.post("/people/query", { ids: true, sort })).body.ids).toEqual([own.people])
    await shop.owner.delete(`/fields/${field.body.data.id}`)
  })

  it.each(entities)("answers for others' %s as for what is not there", async (entity) => {
    const id = shop.ids[entity as keyof Twin["ids"]]
    const nobody = "00000000-0000-7000-8000-000000000000"
    const calls = (one: string): [string, () => Promise<Answer>][] => [
      ["read", () => ben.get(`/${entity}/${one}`)],
      ["change", () => ben.patch(`/${entity}/${one}`, {})],
      ["delete", () => ben.delete(`/${entity}/${one}`)],
      ["restore", () => ben.post(`/${entity}/${one}/restore`)],
      ["access", () => ben.get(`/${entity}/${one}/access`)],
      ["share", () => ben.post(`/${entity}/${one}/shares`, { memberId: ben.memberId, access: "edit" })],
    ]
    const missing = calls(nobody)
    for (const [index, [what, call]] of calls(id).entries()) {
      const [real, none] = [await call(), await missing[index]![1]()]
      expect(real.status, what).toBe(404)
      const { requestId: _, ...problem } = real.body
      const { requestId: __, ...other } = none.body
      expect(problem).toEqual(other)
    }
    const kept = await shop.owner.get(`/${entity}/${id}`)
    expect(kept.body.data.deletedAt).toBeNull()
  })

  it.each(["people", "companies"])("has neither timeline nor history of others' %s", async (entity) => {
    for (const part of ["timeline", "history"])
      expect((await ben.get(`/${entity}/${shop.ids[entity as "people"]}/${part}`)).status).toBe(404)
  })

  it("does not find others' records by search, whatever is typed", async () => {
    for (const q of ["azure", "pat", "azur", "pat@azure", "4930123", "azure note", "azuer"])
      expectClean(await ben.get(`/search?q=${encodeURIComponent(q)}`))
    const found = expectClean(await ben.get("/search?q=beryl"))
    expect(found.body.data.map(({ id }: { id: string }) => id).sort()).toEqual(Object.values(own).sort())
    for (const entity of personal)
      expect((await ben.post(`/${entity}/query`, { filter: { search: "azure" } })).body.data).toEqual([])
  })

  it("does not let others' records decide a filter", async () => {
    // Ben's customer is moved to azure works, which he does not see.
    await shop.owner.patch(`/people/${own.people}`, { companyId: shop.ids.companies })
    const byCompany = (filter: object) => ben.post("/people/query", { filter })
    const works = { field: "name", op: "contains", value: "azure" }
    expect((await byCompany({ related: "companyId", some: works })).body.data).toEqual([])
    expect((await byCompany({ related: "companyId", none: works })).body.data).toHaveLength(1)
    await shop.owner.patch(`/people/${own.people}`, { companyId: null, employments: [] })
  })

  it("counts events of records one sees only", async () => {
    const about = [{ type: "person", id: own.people }]
    const filter = { event: "note.created", count: { atLeast: 2 } }
    // Another's note about Ben's customer is Ben's to see; it counts.
    const made = await shop.owner.post("/notes", { text: "seen by both", about })
    expect((await ben.post("/people/query", { filter })).body.data).toHaveLength(1)
    await shop.owner.delete(`/notes/${made.body.data.id}`)
    // At Ben's company works somebody he does not see; what was noted about them is not his to count.
    const firm = (await ben.post("/companies", { name: "Beryl Ltd" })).body.data.id
    await shop.owner.patch(`/people/${shop.ids.people}`, { companyId: firm })
    await shop.owner.post("/notes", { text: "azure again", about: [{ type: "person", id: shop.ids.people }] })
    const noted = { filter: { event: "note.created" } }
    expect((await shop.owner.post("/companies/query", noted)).body.data).toHaveLength(2)
    expectClean(await ben.post("/companies/query", noted))
    expect((await ben.post("/companies/query", noted)).body.data).toEqual([])
    expectClean(await ben.get(`/companies/${firm}/timeline`))
    await shop.owner.patch(`/people/${shop.ids.people}`, { companyId: shop.ids.companies })
    await ben.delete(`/companies/${firm}`)
  })

  it("does not name others' records that one's own link to", async () => {
    await shop.owner.patch(`/people/${own.people}`, {
      companyId: shop.ids.companies,
      sourceId: shop.ids.sources,
    })
    const include = ["companyId", "sourceId", "ownerId"]
    const listed = await ben.post("/people/query", { include })
    expect(listed.text).not.toContain("azure")
    expect((await ben.get(`/people/${own.people}?include=companyId,sourceId`)).text).not.toContain("azure")
    expect((await ben.get(`/people/${own.people}/timeline`)).text).not.toContain("azure")
    await shop.owner.patch(`/people/${own.people}`, {
      companyId: null,
      sourceId: null,
      employments: [],
    })
  })

  it("links nothing of one's own to what one can't see", async () => {
    const linked = await ben.patch(`/people/${own.people}`, { companyId: shop.ids.companies })
    expect(linked.status).toBe(422)
    const about = [{ type: "person", id: shop.ids.people }]
    expect((await ben.post("/notes", { text: "x", about })).status).toBe(422)
  })

  it("shows on Today, in notifications and in operations what one sees", async () => {
    await shop.owner.post("/people/bulk", {
      ids: [shop.ids.people],
      action: "addTags",
      input: { tags: ["x"] },
    })
    await app.drain()
    const today = expectClean(await ben.get("/today"))
    expect(today.body.data.birthdays.lines).toHaveLength(1)
    expect(today.body.data.tasks.today.count).toBe(1)
    expectClean(await ben.get("/notifications"))
    expect(expectClean(await ben.get("/operations")).body.data).toEqual([])
    const [operation] = (await shop.owner.get("/operations")).body.data
    expect((await ben.get(`/operations/${operation.id}`)).status).toBe(404)
    expect((await ben.post(`/operations/${operation.id}/undo`)).status).toBe(404)
  })

  it("says that a twin is there, and not which", async () => {
    const twin = await ben.post("/people", { name: "Pat", emails: [{ address: "pat@azure.example" }] })
    expect(twin.status).toBe(409)
    expect(twin.body.details.candidates).toEqual([])
  })

  it("meets neither others' pairs nor others' twins while typing", async () => {
    const again = await shop.owner.post("/people?allowDuplicate=true", {
      name: "Pat azure",
      emails: [{ address: "pat@azure.example" }],
    })
    await shop.owner.post("/duplicates/scan")
    await app.drain()
    const pairs = (await shop.owner.get("/duplicates?entity=people")).body.data
    expect(pairs).toHaveLength(1)
    expect(expectClean(await ben.get("/duplicates?entity=people")).body.data).toEqual([])
    expect(expectClean(await ben.get("/duplicates/count")).body.data.open.people).toBe(0)
    expect((await ben.post(`/duplicates/${pairs[0].id}/decide`, { decision: "later" })).status).toBe(404)
    const values = { name: "Pat azure", emails: [{ address: "pat@azure.example" }] }
    expect((await shop.owner.post("/people/twins", { values })).body.data).toHaveLength(2)
    expect((await ben.post("/people/twins", { values })).body.data).toEqual([])
    await shop.owner.delete(`/people/${again.body.data.id}`)
  })

  it("matches a batch with one's own records alone", async () => {
    const rows = [{ name: "Bea the second", emails: [{ address: "bea@beryl.example" }] }]
    const answer = await ben.post("/people/batch", { rows, matchOn: "email" })
    expect(answer.body.data).toMatchObject([{ status: "updated", id: own.people }])
    const foreign = await ben.post("/people/batch", {
      rows: [{ id: shop.ids.people, name: "x" }],
      matchOn: "id",
    })
    expect(foreign.body.data[0].status).toBe("refused")
    await ben.patch(`/people/${own.people}`, { name: "Bea beryl" })
  })

  it("changes in bulk what is one's own, whatever ids are sent, and undoes as much", async () => {
    const ids = [own.people, shop.ids.people]
    await ben.post("/people/bulk", { ids, action: "addTags", input: { tags: ["mine"] } })
    await app.drain()
    expect((await shop.owner.get(`/people/${shop.ids.people}`)).body.data.tags).not.toContain("mine")
    const [operation] = (await ben.get("/operations")).body.data
    expect(operation).toMatchObject({ status: "done", summary: { changed: 1 } })
    // Their owner changes before the undo: it keeps what is no longer Ben's, without naming it.
    await shop.owner.patch(`/people/${own.people}`, { ownerId: shop.ownerId, name: "Now azure" })
    const undo = await ben.post(`/operations/${operation.id}/undo`)
    expect(undo.status, undo.text).toBe(202)
    await app.drain()
    const result = expectClean(await ben.get(`/operations/${undo.body.data.id}`))
    expect(result.body.data.summary).toMatchObject({ restored: 0, keptCount: 1 })
    await shop.owner.patch(`/people/${own.people}`, { ownerId: ben.memberId, name: "Bea beryl" })
  })

  it("ends bulk work whose author may no longer do it", async () => {
    await ben.post("/people/bulk", { ids: [own.people], action: "addTags", input: { tags: ["late"] } })
    await shop.owner.patch(`/members/${ben.memberId}`, { role: "viewer" })
    await app.drain()
    const [operation] = (await shop.owner.get("/operations")).body.data
    expect(operation).toMatchObject({ status: "failed" })
    expect((await shop.owner.get(`/people/${own.people}`)).body.data.tags).not.toContain("late")
    await give(await asBen("own"))
  })

  it("exports one's own records", async () => {
    const exported = expectClean(await ben.get("/export?entity=people&format=csv"))
    expect(exported.text).toContain("beryl")
    expectClean(await ben.get("/export?entity=notes&format=csv"))
  })

  it("gets no files of notes one can't see", async () => {
    const stored = await upload(shop.owner)
    await shop.owner.post("/notes", { text: "azure paper", about: [], files: [stored] })
    expect((await ben.get(`/files/${stored}`)).status).toBe(404)
    expect((await ben.post("/notes", { text: "mine", about: [], files: [stored] })).status).toBe(422)
  })

  it("keeps others' records out of the bin's list, and gives them back with the same rights", async () => {
    await shop.owner.delete(`/people/${shop.ids.people}`)
    expectClean(await ben.post("/people/query", { deleted: true }))
    expect((await ben.post(`/people/${shop.ids.people}/restore`)).status).toBe(404)
    await shop.owner.post(`/people/${shop.ids.people}/restore`)
    expect((await ben.get(`/people/${shop.ids.people}`)).status).toBe(404)
  })

  it("meets azure by no endpoint that reads", async () => {
    for (const [key, endpoint] of Object.entries(endpoints)) {
      const [method, path] = key.split(" ") as ["GET", string]
      if (method !== "GET" || /auth|:|stream|views|fields|types/.test(path)) continue
      if (endpoint.permission === "public") continue
      const answer = await ben.get(path === "/export" ? "/export?entity=people&format=csv" : path)
      const { text } = answer
      // The workspace itself bears the mark in its name; views, fields and what objects are called are everybody's.
      expect(text.replaceAll("The azure shop", ""), key).not.toContain("azure")
    }
  })
})

async function upload(client: Client): Promise<string> {
  const boundary = "boundary"
  const payload = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\nazure\r\n--${boundary}--\r\n`
  const answer = await client.call({
    method: "POST",
    url: "/api/v1/files",
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    payload,
  })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
