import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  shop = await app.workspace()
})
afterAll(() => app.close())

const nowhere = "00000000-0000-4000-8000-000000000000"
const batch = async (entity: string, rows: object[], more: object = {}) =>
  shop.owner.post(`/${entity}/batch`, { rows, ...more })
const names = async (entity: string, key = "name") =>
  (await shop.owner.get(`/${entity}?sort=${key}`)).body.data.map(
    (record: Record<string, string>) => record[key],
  )

describe("a batch", () => {
  it.each([
    ["a rule", { title: "bad", dueTime: "10:00" }, { path: "dueDate" }],
    ["a link", { title: "bad", assigneeId: nowhere }, { path: "assigneeId", code: "link_not_found" }],
    ["validation", { title: " " }, { path: "title" }],
  ])("writes the rows beside one that %s refuses, and names it", async (_, bad, error) => {
    const rows = [{ title: "one" }, bad, { title: "two" }]
    const answer = await batch("tasks", rows)
    expect(answer.body.data).toMatchObject([
      { index: 0, status: "created" },
      { index: 1, status: "refused", errors: [error] },
      { index: 2, status: "created" },
    ])
    expect(await names("tasks", "title")).toEqual(["one", "two"])
    const atomic = await batch("tasks", rows, { atomic: true })
    expect([atomic.status, atomic.body.errors]).toMatchObject([422, [{ path: `rows.1.${error.path}` }]])
    expect(await names("tasks", "title")).toEqual(["one", "two"])
  })

  it("refuses one row where it would change a record, and changes the others", async () => {
    const ids = (await batch("tasks", [{ title: "a" }, { title: "b" }])).body.data.map(
      ({ id }: { id: string }) => id,
    )
    const rows = [
      { id: ids[0], title: "a", dueTime: "10:00" },
      { id: ids[1], title: "b2" },
      { id: ids[0], title: "a2" },
      { id: nowhere, title: "c" },
      { title: "d" },
    ]
    const answer = await batch("tasks", rows, { matchOn: "id" })
    expect(answer.body.data).toMatchObject([
      { status: "refused", errors: [{ path: "dueDate" }] },
      { status: "updated", id: ids[1] },
      { status: "updated", id: ids[0] },
      { status: "refused", errors: [{ path: "id", code: "not_found" }] },
      { status: "created" },
    ])
    expect(await names("tasks", "title")).toEqual(["a2", "b2", "d"])
  })

  it("makes one record of new rows that share what they are matched on; the last one wins", async () => {
    const emails = [{ address: "Ana@example.com" }]
    const rows = [
      { name: "Ana", jobTitle: "Chef", emails },
      { name: "Bo", emails: [{ address: "bo@example.com" }] },
      { name: "Ana Lopez", emails: [{ address: "ana@example.com" }] },
    ]
    const { data } = (await batch("people", rows, { matchOn: "email" })).body
    expect(data).toMatchObject([{ status: "created" }, { status: "created" }, { status: "updated" }])
    expect(data[2].id).toBe(data[0].id)
    expect(await names("people")).toEqual(["Ana Lopez", "Bo"])
    expect((await shop.owner.get(`/people/${data[0].id}`)).body.data.jobTitle).toBe("Chef")
    const again = await batch("people", [{ name: "Ana L.", emails }], { matchOn: "email" })
    expect(again.body.data).toMatchObject([{ status: "updated", id: data[0].id }])
    expect(await names("people")).toEqual(["Ana L.", "Bo"])
  })

  it("changes a record by its id without its name being sent again, and empties no name", async () => {
    const { id } = (await shop.owner.post("/people", { name: "Cleo" })).body.data
    const answer = await batch("people", [{ id, jobTitle: "Baker" }, { jobTitle: "Nobody" }], {
      matchOn: "id",
    })
    expect(answer.body.data).toMatchObject([
      { status: "updated", id },
      { status: "refused", errors: [{ path: "name" }] },
    ])
    expect((await shop.owner.get(`/people/${id}`)).body.data).toMatchObject({
      name: "Cleo",
      jobTitle: "Baker",
    })
    const emptied = await batch("people", [{ id, name: null }], { matchOn: "id" })
    expect(emptied.body.data).toMatchObject([{ status: "refused" }])
  })

  it("keeps a link that a record has had, though its target lies in the bin by now", async () => {
    const companyId = (await shop.owner.post("/companies", { name: "Kern" })).body.data.id
    const { id } = (await shop.owner.post("/people", { name: "Ana", companyId })).body.data
    await shop.owner.delete(`/companies/${companyId}`)
    const rows = [
      { id, name: "Ana B.", companyId },
      { name: "Bo", companyId },
    ]
    const answer = await batch("people", rows, { matchOn: "id" })
    expect(answer.body.data).toMatchObject([
      { status: "updated", id },
      { status: "refused", errors: [{ path: "companyId", code: "link_not_found" }] },
    ])
  })
})
