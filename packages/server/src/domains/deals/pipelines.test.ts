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

interface Named {
  id: string
  name: string
}
type Pipeline = Named & { stages: (Named & { kind: string; probability: number })[] }
async function pipelines(): Promise<Pipeline[]> {
  return (await shop.owner.get("/pipelines")).body.data
}
async function make(values: object): Promise<string> {
  const answer = await shop.owner.post("/deals", values)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
const deal = async (id: string) => (await shop.owner.get(`/deals/${id}`)).body.data
async function ended(started: { body: { data: { operationId?: string; id?: string } } }) {
  await app.drain()
  const { operationId, id } = started.body.data
  return (await shop.owner.get(`/operations/${operationId ?? id}`)).body.data
}

describe("pipelines", () => {
  it("are there from the start, in the caller's language, and take nothing of the database until they are changed", async () => {
    const [only, ...rest] = await pipelines()
    expect(rest).toEqual([])
    expect(only).toMatchObject({ id: "sales", name: "Sales" })
    expect(only?.stages.map(({ name }) => name)).toEqual([
      ...["New", "Qualified", "Offer made", "Negotiation", "Won", "Lost"],
    ])
    const { rows } = await app.services.pools.owner.query("select 1 from choice_lists")
    expect(rows).toEqual([])
  })

  it("are added with stages of their own, renamed, moved and removed", async () => {
    const made = await shop.owner.post("/pipelines", {
      label: "Renewals",
      position: 0,
      stages: [
        { label: "Due", probability: 80 },
        { label: "Renewed", kind: "won" },
      ],
    })
    expect(made.status, made.text).toBe(201)
    expect(made.body.data).toMatchObject({
      id: "renewals",
      stages: [
        { id: "due", probability: 80, kind: "open" },
        { id: "renewed", probability: 100, kind: "won" },
      ],
    })
    expect((await pipelines()).map(({ id }) => id)).toEqual(["renewals", "sales"])
    const id = await make({ name: "Contract", stage: "due" })
    expect(await deal(id)).toMatchObject({ pipeline: "renewals", probability: 80 })
    await make({ name: "Beans" }).then(async (first) =>
      expect(await deal(first)).toMatchObject({ pipeline: "renewals", stage: "due" }),
    )
    await shop.owner.patch("/pipelines/renewals", { label: "Contracts" })
    expect((await pipelines())[0]?.name).toBe("Contracts")

    const refused = await shop.owner.delete("/pipelines/renewals")
    expect(refused.status).toBe(409)
    expect(refused.body.details.count).toBe(2)
    expect((await shop.owner.delete("/pipelines/renewals?moveTo=due")).status).toBe(422)
    expect((await shop.owner.delete("/pipelines/renewals?moveTo=qualified")).status).toBe(204)
    expect((await pipelines()).map((one) => one.id)).toEqual(["sales"])
    expect(await deal(id)).toMatchObject({ pipeline: "sales", stage: "qualified", probability: 25 })
    expect((await shop.owner.delete("/pipelines/sales")).status).toBe(422)
  })

  it("begin with the stages of the first where none are given, under ids of their own", async () => {
    const made = await shop.owner.post("/pipelines", { label: "Wholesale" })
    const { stages } = made.body.data as Pipeline
    expect(stages.map(({ name }) => name)).toEqual((await pipelines())[0]?.stages.map(({ name }) => name))
    const known = new Set((await pipelines())[0]?.stages.map(({ id }) => id))
    expect(stages.filter(({ id }) => known.has(id))).toEqual([])
  })

  it("are told to lists, filters, groups and history by their stages' order and words", async () => {
    await shop.owner.post("/pipelines/sales/stages", { label: "Tasting", position: 1, probability: 20 })
    await shop.owner.patch("/pipelines/sales/stages/proposal", { position: 0 })
    const order = (await pipelines())[0]?.stages.map(({ id }) => id)
    expect(order).toEqual(["proposal", "new", "tasting", "qualified", "negotiation", "won", "lost"])
    for (const stage of ["tasting", "new", "proposal"]) await make({ name: stage, stage })
    const sorted = await shop.owner.post("/deals/query", { sort: ["stage"], fields: ["stage"] })
    expect(sorted.body.data.map((row: { stage: string }) => row.stage)).toEqual([
      "proposal",
      "new",
      "tasting",
    ])
    const groups = await shop.owner.post("/deals/groups", { by: "stage", fields: [] })
    expect(groups.body.data.map(({ value }: { value: string }) => value)).toEqual([
      "proposal",
      "new",
      "tasting",
    ])
    const found = await shop.owner.post("/deals/query", {
      filter: { field: "stage", op: "is", value: "tasting" },
    })
    expect(found.body.data).toHaveLength(1)
  })

  it("keep a removed stage for what still names it, and give its deals another one", async () => {
    const id = await make({ name: "Beans", stage: "negotiation" })
    expect((await shop.owner.delete("/pipelines/sales/stages/negotiation")).status).toBe(409)
    expect((await shop.owner.delete("/pipelines/sales/stages/negotiation?moveTo=proposal")).status).toBe(204)
    expect(await deal(id)).toMatchObject({ stage: "proposal", probability: 50 })
    expect((await shop.owner.patch(`/deals/${id}`, { stage: "negotiation" })).status).toBe(422)
    const { dealStages } = (await shop.owner.get("/choice-lists")).body.data
    expect(dealStages.find((one: Named) => one.id === "negotiation")).toMatchObject({ name: "Negotiation" })
    const history = await shop.owner.get(`/deals/${id}/stages`)
    expect(history.body.data.map((span: { stage: string }) => span.stage)).toEqual([
      "negotiation",
      "proposal",
    ])
  })

  it("need an open stage, words of their own, and fields that deals have", async () => {
    for (const stage of ["new", "qualified", "proposal"])
      expect((await shop.owner.delete(`/pipelines/sales/stages/${stage}`)).status).toBe(204)
    expect((await shop.owner.delete("/pipelines/sales/stages/negotiation")).status).toBe(422)
    const id = await make({ name: "Beans" })
    const kind = (body: object) => shop.owner.patch("/pipelines/sales/stages/negotiation", body)
    expect((await deal(id)).stage).toBe("negotiation")
    expect((await shop.owner.post("/pipelines/sales/stages", { label: "Other" })).status).toBe(201)
    expect((await kind({ kind: "won" })).status).toBe(409)
    await shop.owner.patch(`/deals/${id}`, { stage: "other" })
    expect((await kind({ kind: "won" })).body.data.stages[0]).toMatchObject({ kind: "won", probability: 100 })
    const twice = await shop.owner.post("/pipelines/sales/stages", { label: "lost " })
    expect(twice.body.errors).toMatchObject([{ path: "label", code: "not_unique" }])
    const unknown = await shop.owner.patch("/pipelines/sales/stages/won", { requires: ["shoeSize"] })
    expect(unknown.body.errors).toMatchObject([{ path: "requires", code: "unknown_field" }])
    expect((await shop.owner.patch("/pipelines/sales/stages/elsewhere", { label: "x" })).status).toBe(404)
  })

  it("get open stages before those that close a deal, and keep what they are while deals in the bin stand there", async () => {
    const added = await shop.owner.post("/pipelines/sales/stages", { label: "Tasting" })
    const ids = (added.body.data as Pipeline).stages.map((stage) => stage.id)
    expect(ids.slice(-3)).toEqual(["tasting", "won", "lost"])
    const id = await make({ name: "Beans", stage: "tasting" })
    expect((await shop.owner.delete(`/deals/${id}`)).status).toBe(204)
    const refused = await shop.owner.patch("/pipelines/sales/stages/tasting", { kind: "won" })
    expect([refused.status, refused.body.details.count]).toEqual([409, 1])
  })

  it("ask only for what can be filled, and no longer for a field that was removed", async () => {
    const stage = (id: string, body: object) => shop.owner.patch(`/pipelines/sales/stages/${id}`, body)
    for (const [id, body] of [
      ["qualified", { requires: ["lostReason"] }],
      ["won", { requires: ["lostNote"] }],
      ["qualified", { requires: ["weighted"] }],
      ["qualified", { leaves: ["wonReason"] }],
    ] as const) {
      const refused = await stage(id, body)
      expect(refused.body.errors).toMatchObject([{ path: Object.keys(body)[0], code: "invalid_value" }])
    }
    expect((await stage("won", { requires: ["wonReason"] })).status).toBe(200)
    const twice = await stage("qualified", { checklist: ["Tasted", "tasted"] })
    expect(twice.body.data.stages[1].checklist).toHaveLength(1)

    const field = { entity: "deals", type: "text", label: "Roast" }
    const made = (await shop.owner.post("/fields", field)).body.data
    expect((await stage("new", { leaves: [`custom.${made.key}`] })).status).toBe(200)
    expect((await stage("proposal", { requires: [`custom.${made.key}`, "amount"] })).status).toBe(200)
    expect((await shop.owner.delete(`/fields/${made.id}`)).status).toBeLessThan(300)
    const amount = { amount: 5, currency: "EUR" }
    const id = await make({ name: "Beans", amount })
    expect((await shop.owner.patch(`/deals/${id}`, { stage: "proposal" })).status).toBe(200)
    expect((await shop.owner.post("/pipelines", { label: "Wholesale" })).status).toBe(201)
    const both = { color: "red", requires: [`custom.${made.key}`, "amount"] }
    expect((await stage("proposal", both)).body.data.stages[2].requires).toEqual(["amount"])
  })

  it("are as little written as their stages: a role that may only read one of both moves no deal", async () => {
    await shop.owner.post("/pipelines", { label: "Wholesale" })
    const id = await make({ name: "Beans" })
    const member = await app.member(shop, "manager")
    for (const field of ["stage", "pipeline"]) {
      const roleId = await roleFor(shop.owner, "all", (rights) => {
        rights.entities.deals!.fields = { [field]: "read" }
      })
      await shop.owner.patch(`/members/${member.memberId}`, { roleId })
      for (const values of [{ pipeline: "wholesale" }, { stage: "won" }]) {
        const refused = await member.patch(`/deals/${id}`, values)
        expect(refused.body.errors).toMatchObject([{ path: Object.keys(values)[0], code: "unknown_field" }])
      }
      expect((await member.patch(`/deals/${id}`, { nextStep: "Call" })).status).toBe(200)
      expect((await member.post("/deals", { name: "Mill" })).status).toBe(201)
    }
    expect((await member.get("/session")).body.data.limits.deals).toEqual({ stage: "read", pipeline: "read" })
    expect(await deal(id)).toMatchObject({ pipeline: "sales", stage: "new" })
  })

  it("are another workspace's own", async () => {
    await shop.owner.post("/pipelines", { label: "Secret" })
    const other = await app.workspace()
    expect((await other.owner.get("/pipelines")).text).not.toContain("Secret")
    expect((await other.owner.post("/deals", { name: "x", pipeline: "secret" })).status).toBe(422)
  })
})

describe("what a stage asks for", () => {
  beforeEach(async () => {
    await shop.owner.patch("/pipelines/sales/stages/proposal", {
      requires: ["amount"],
      checklist: ["Tasted"],
    })
  })
  const amount = { amount: 100_00, currency: "EUR" }

  it("holds for people, one by one and many at once", async () => {
    const [rich, poor] = [await make({ name: "Rich", amount }), await make({ name: "Poor" })]
    const refused = await shop.owner.patch(`/deals/${poor}`, { stage: "proposal" })
    expect(refused.body.errors).toMatchObject([{ path: "amount", code: "required" }])
    const body = { ids: [rich, poor], action: "update", input: { values: { stage: "proposal" } } }
    const foreseen = await shop.owner.post("/deals/bulk/preview", body)
    expect(foreseen.body.data).toMatchObject({ changed: 1, refusedCount: 1 })
    const done = await ended(await shop.owner.post("/deals/bulk", body))
    expect(done.summary).toMatchObject({ refusedCount: 1 })
    expect([(await deal(rich)).stage, (await deal(poor)).stage]).toEqual(["proposal", "new"])
    const open = await shop.owner.patch(`/deals/${rich}`, { stage: "negotiation" })
    expect(open.body.errors).toMatchObject([{ path: "checklist", code: "required" }])
    const ticked = await shop.owner.patch(`/deals/${rich}`, { stage: "negotiation", checklist: ["Tasted"] })
    expect(ticked.status, ticked.text).toBe(200)
    expect((await shop.owner.post("/deals", { name: "New one", stage: "proposal" })).status).toBe(422)
  })

  it("does not hold for an undo, which puts the stage back", async () => {
    const id = await make({ name: "Rich", amount, stage: "proposal" })
    const bulk = { ids: [id], action: "update", input: { values: { stage: "new", amount: null } } }
    const operation = await ended(await shop.owner.post("/deals/bulk", bulk))
    expect(await deal(id)).toMatchObject({ stage: "new", amount: null, probability: 10 })
    await shop.owner.patch("/pipelines/sales/stages/proposal", { requires: ["amount", "nextStep"] })
    const preview = await shop.owner.get(`/operations/${operation.id}/undo-preview`)
    expect(preview.body.data, preview.text).toMatchObject({ keptCount: 0 })
    await ended(await shop.owner.post(`/operations/${operation.id}/undo`))
    expect(await deal(id)).toMatchObject({
      stage: "proposal",
      amount,
      probability: 50,
      weighted: { amount: 50_00 },
    })
  })

  it("leaves a move as it is whose old stage is gone, and puts back the rest", async () => {
    const id = await make({ name: "Rich", stage: "negotiation", nextStep: "Call" })
    const values = { stage: "won", nextStep: "Send" }
    const operation = await ended(
      await shop.owner.post("/deals/bulk", { ids: [id], action: "update", input: { values } }),
    )
    expect((await shop.owner.delete("/pipelines/sales/stages/negotiation")).status).toBe(204)
    const won = await deal(id)
    await ended(await shop.owner.post(`/operations/${operation.id}/undo`))
    const { status, probability, closedOn, stageSince } = won
    expect(await deal(id)).toMatchObject({
      stage: "won",
      status,
      probability,
      closedOn,
      stageSince,
      nextStep: "Call",
    })
  })
})

describe("lists of reasons", () => {
  it("are added to, renamed and taken from; a lost deal needs one while there are some", async () => {
    const made = await shop.owner.post("/choice-lists/lostReasons", { label: "Closed for good", position: 0 })
    expect(made.body.data).toMatchObject({ id: "closed-for-good", name: "Closed for good" })
    const id = await make({ name: "Beans", stage: "lost", lostReason: "closed-for-good" })
    await shop.owner.patch("/choice-lists/lostReasons/price", { label: "Too dear" })
    const { lostReasons } = (await shop.owner.get("/choice-lists")).body.data
    expect(lostReasons.slice(0, 2).map(({ name }: Named) => name)).toEqual(["Closed for good", "Too dear"])
    expect((await shop.owner.delete("/choice-lists/lostReasons/closed-for-good")).status).toBe(409)
    const moved = await shop.owner.delete("/choice-lists/lostReasons/closed-for-good?moveTo=price")
    expect(moved.status).toBe(204)
    expect((await deal(id)).lostReason).toBe("price")
    await shop.owner.patch(`/deals/${id}`, { stage: "new" })
    for (const reason of ["price", "competitor", "timing", "noNeed", "noAnswer", "other"])
      expect((await shop.owner.delete(`/choice-lists/lostReasons/${reason}`)).status).toBe(204)
    expect((await shop.owner.patch(`/deals/${id}`, { stage: "lost" })).status).toBe(200)
  })
  it("are no way around the pipelines", async () => {
    expect((await shop.owner.post("/choice-lists/dealStages", { label: "x" })).status).toBe(404)
    expect((await shop.owner.post("/choice-lists/nothing", { label: "x" })).status).toBe(404)
    expect((await shop.owner.delete("/choice-lists/toString/x")).status).toBe(404)
  })
})
