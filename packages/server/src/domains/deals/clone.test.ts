import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { roleFor } from "../../kernel/access/testing.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  shop = await app.workspace()
})

async function make(values: object): Promise<string> {
  const answer = await shop.owner.post("/deals", values)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
const deal = async (id: string) => (await shop.owner.get(`/deals/${id}`)).body.data

describe("a deal made after another", () => {
  it("takes over what may be seen and written of it, and begins anew", async () => {
    const people = (await shop.owner.post("/people", { name: "Ada" })).body.data.id
    const values = {
      ...{ name: "Machines", amount: { amount: 5, currency: "EUR" }, tags: ["big"], stage: "lost" },
      ...{ lostReason: "price", people: [{ personId: people, role: "Decides" }], nextStep: "Call" },
    }
    const id = await make(values)
    const made = await shop.owner.post(`/deals/${id}/clone`, { name: "Machines again" })
    expect(made.status, made.text).toBe(201)
    expect(await deal(made.body.data.id)).toMatchObject({
      ...{ name: "Machines again", amount: values.amount, tags: ["big"], stage: "new", status: "open" },
      ...{ lostReason: null, nextStep: null, closedOn: null },
      people: [{ personId: people, role: "Decides" }],
    })
    const entry = async (one: string) => (await deal(one)).people[0].id
    expect(await entry(made.body.data.id)).not.toBe(await entry(id))

    const roleId = await roleFor(shop.owner, "all", (rights) => {
      rights.entities.deals!.fields = { amount: "hidden", tags: "read" }
    })
    const member = await app.member(shop, "manager")
    await shop.owner.patch(`/members/${member.memberId}`, { roleId })
    const blind = await member.post(`/deals/${id}/clone`, {})
    expect(blind.status, blind.text).toBe(201)
    expect(await deal(blind.body.data.id)).toMatchObject({ name: "Machines", amount: null, tags: [] })
  })

  it("does not tell a hidden amount by what follows from it", async () => {
    const id = await make({ name: "Machines", amount: { amount: 500_00, currency: "EUR" } })
    const member = await app.member(shop, "manager")
    const roleId = await roleFor(shop.owner, "all", (rights) => {
      rights.entities.deals!.fields = { amount: "hidden" }
    })
    await shop.owner.patch(`/members/${member.memberId}`, { roleId })
    const answer = await member.get(`/deals/${id}`)
    expect(answer.body.data).toMatchObject({ name: "Machines", probability: 10 })
    expect(answer.body.data).not.toHaveProperty("weighted")
    const sums = await member.post("/deals/groups", { by: "stage", fields: ["weighted"] })
    expect(sums.status).toBe(422)
    const limits = (await member.get("/session")).body.data.limits.deals
    expect(limits).toEqual({ amount: "hidden", weighted: "hidden" })
  })

  it("leaves out links that lead nowhere, and takes along what its first stage asks for", async () => {
    const linked = async (path: string, name: string) =>
      (await shop.owner.post(path, { name })).body.data.id as string
    const [companyId, ada, ben] = [
      await linked("/companies", "Mill"),
      await linked("/people", "Ada"),
      await linked("/people", "Ben"),
    ]
    const people = [{ personId: ada }, { personId: ben }]
    const id = await make({ name: "Machines", companyId, people, nextStep: "Call", category: "best" })
    await shop.owner.patch("/pipelines/sales/stages/new", { requires: ["nextStep"] })
    for (const path of [`/companies/${companyId}`, `/people/${ada}`]) await shop.owner.delete(path)
    const made = await shop.owner.post(`/deals/${id}/clone`, {})
    expect(made.status, made.text).toBe(201)
    const clone = await deal(made.body.data.id)
    expect(clone).toMatchObject({ companyId: null, nextStep: "Call", category: null })
    expect(clone.people).toMatchObject([{ personId: ben }])
  })

  it("is refused for what the caller does not see, as are its stages", async () => {
    const id = await make({ name: "Machines" })
    const other = await app.workspace()
    for (const caller of [other.owner]) {
      expect((await caller.post(`/deals/${id}/clone`, {})).status).toBe(404)
      expect((await caller.get(`/deals/${id}/stages`)).status).toBe(404)
    }
    const roleId = await roleFor(shop.owner, "own")
    const member = await app.member(shop, "manager")
    await shop.owner.patch(`/members/${member.memberId}`, { roleId })
    expect((await member.get(`/deals/${id}/stages`)).status).toBe(404)
    expect((await member.post(`/deals/${id}/clone`, {})).status).toBe(404)
  })
})
