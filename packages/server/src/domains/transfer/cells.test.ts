import type { CellChange, CellsAnswer } from "@regulars/contract/kernel/cells-endpoints.ts"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { roleFor } from "../../kernel/access/testing.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
})
afterAll(() => app.close())

type Values = Record<string, unknown>
async function person(values: Values): Promise<string> {
  return (await shop.owner.post("/people", values)).body.data.id
}
async function read(id: string): Promise<Values> {
  return (await shop.owner.get(`/people/${id}`)).body.data
}
async function change(changes: CellChange[], by = shop.owner): Promise<CellsAnswer> {
  const answer = await by.post("/people/cells", { changes })
  expect(answer.status, answer.text).toBe(200)
  return answer.body.data
}

describe("cells of a table", () => {
  it("reads pasted texts as the import does and writes them as one operation, which is undone at once", async () => {
    await shop.owner.post("/companies", { name: "Harbour Works" })
    const ana = await person({ name: "Ana", emails: [{ address: "ana@example.com", label: "work" }] })
    const ben = await person({ name: "Ben", jobTitle: "Chef", tags: ["old"] })
    const answer = await change([
      {
        id: ana,
        texts: {
          emails: "ana@example.com; Second@Example.com",
          companyId: "harbour works",
          birthday: "25.12.1980",
          lifecycleStage: "Stammkunde",
          tags: "a; b",
        },
      },
      { id: ben, texts: { jobTitle: "", tags: "" }, values: { keyCustomer: null } },
    ])
    expect(answer).toMatchObject({ changed: 2, refused: [], operationId: expect.any(String) })
    const after = await read(ana)
    expect(after).toMatchObject({
      birthday: { year: 1980, month: 12, day: 25 },
      lifecycleStage: "regular",
      tags: ["a", "b"],
    })
    expect(after.emails).toMatchObject([
      { address: "ana@example.com", label: "work" },
      { address: "second@example.com" },
    ])
    expect(after.companyId).toEqual(expect.any(String))
    expect(await read(ben)).toMatchObject({ jobTitle: null, tags: [] })

    await shop.owner.post(`/operations/${answer.operationId}/undo`)
    await app.drain()
    expect(await read(ana)).toMatchObject({ birthday: null, companyId: null, tags: [] })
    expect(await read(ben)).toMatchObject({ jobTitle: "Chef", tags: ["old"] })
  })

  it("leaves a refused cell as it is, says why, and writes the ones beside it", async () => {
    const id = await person({ name: "Carl", jobTitle: "Cook", birthday: { month: 1, day: 2 } })
    const nameless = await person({ name: "Only a name" })
    const { refused, changed } = await change([
      {
        id,
        texts: {
          birthday: "soon",
          companyId: "Nobody knows this firm",
          lifecycleStage: "whatever",
          addresses: "Main Street 1",
          createdAt: "2020-01-01",
          jobTitle: "Baker",
        },
      },
      { id: nameless, values: { name: null, jobTitle: "Guest" } },
      { id: "00000000-0000-4000-8000-000000000000", texts: { jobTitle: "Ghost" } },
    ])
    expect(refused.map(({ field, code }) => [field, code])).toEqual([
      ["birthday", "date_invalid"],
      ["companyId", "link_unknown"],
      ["lifecycleStage", "choice_unknown"],
      ["addresses", "not_one_text"],
      ["createdAt", "read_only"],
      ["name", "required"],
      ["jobTitle", "not_found"],
    ])
    expect(changed).toBe(2)
    expect(await read(id)).toMatchObject({
      jobTitle: "Baker",
      birthday: { month: 1, day: 2 },
      companyId: null,
    })
    expect(await read(nameless)).toMatchObject({ name: "Only a name", jobTitle: "Guest" })
    expect((await shop.owner.get("/companies?limit=50")).text).not.toContain("Nobody knows")
  })

  it("takes back what a rule refuses only once it is written", async () => {
    const make = async (values: Values) => (await shop.owner.post("/companies", values)).body.data.id
    const mother = await make({ name: "Mother" })
    const [daughter, friend] = [
      await make({ name: "Daughter", parentId: mother }),
      await make({ name: "Friend" }),
    ]
    const changes = [mother, friend].map((id) => ({ id, values: { parentId: daughter } }))
    const answer = await shop.owner.post("/companies/cells", { changes })
    expect(answer.body.data).toMatchObject({
      changed: 1,
      refused: [{ id: mother, field: "parentId", code: "cycle" }],
    })
    expect((await shop.owner.get(`/companies/${mother}`)).body.data.parentId).toBeNull()
  })
  it("overwrites nobody's change unseen", async () => {
    const id = await person({ name: "Dora", jobTitle: "One" })
    await shop.owner.patch(`/people/${id}`, { jobTitle: "Two" })
    const { refused, operationId } = await change([{ id, version: 1, texts: { jobTitle: "Three" } }])
    expect(refused).toMatchObject([{ field: "jobTitle", code: "version_conflict" }])
    expect(operationId).toBeNull()
    expect(await read(id)).toMatchObject({ jobTitle: "Two" })
  })

  it("reads what is ambiguous by the habits of the member's place, and numbers both ways", async () => {
    const id = (await shop.owner.post("/companies", { name: "Sums" })).body.data.id
    await shop.owner.post("/companies/cells", { changes: [{ id, texts: { size: "1.234" } }] })
    expect((await shop.owner.get(`/companies/${id}`)).body.data.size).toBe(1234)
  })

  it("tells a role that reaches its own records nothing of others', by name, id or cell", async () => {
    const ben = await app.member(shop, "member")
    const hidden = await person({ name: "Somebody else's" })
    await shop.owner.post("/companies", { name: "Unseen Works" })
    const roleId = await roleFor(shop.owner, "own")
    await shop.owner.patch(`/members/${ben.memberId}`, { roleId })
    const { id } = (await ben.post("/people", { name: "Ben's own" })).body.data
    const { refused } = await change(
      [
        { id, texts: { companyId: "Unseen Works", jobTitle: "Baker" } },
        { id: hidden, texts: { jobTitle: "Taken over" } },
      ],
      ben,
    )
    const { refused: nobody } = await change([{ id, texts: { companyId: "No such works" } }], ben)
    expect(refused).toMatchObject([{ field: "companyId" }, { id: hidden, code: "not_found" }])
    expect(nobody).toEqual([refused[0]])
    expect(await read(id)).toMatchObject({ jobTitle: "Baker", companyId: null })
    expect(await read(hidden)).toMatchObject({ jobTitle: null })
  })
})
