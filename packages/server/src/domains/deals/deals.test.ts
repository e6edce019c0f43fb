import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

let app: TestApp
let workspace: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  workspace = await app.workspace()
})

const euros = (amount: number) => ({ amount: amount * 100, currency: "EUR" })
async function make(values: object): Promise<Record<string, unknown> & { id: string; version: number }> {
  const answer = await workspace.owner.post("/deals", values)
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data
}

describe("a deal and its stage", () => {
  it("begins in the first stage of the first pipeline, with its probability and weight", async () => {
    const deal = await make({ name: "Machines for the bakery", amount: euros(1000) })
    expect(deal).toMatchObject({
      pipeline: "sales",
      stage: "new",
      status: "open",
      probability: 10,
      weighted: euros(100),
      closedOn: null,
    })
    expect(deal.openedOn).toMatch(/^\d{4}-\d\d-\d\d$/)
  })

  it("is closed by a stage that is won, and opened again by another", async () => {
    const { id } = await make({ name: "Beans", amount: euros(50) })
    const won = await workspace.owner.patch(`/deals/${id}`, { stage: "won", wonReason: "quality" })
    expect(won.body.data).toMatchObject({ status: "won", probability: 100, weighted: euros(50) })
    expect(won.body.data.closedOn).not.toBeNull()
    const open = await workspace.owner.patch(`/deals/${id}`, { stage: "proposal" })
    expect(open.body.data).toMatchObject({ status: "open", probability: 50, closedOn: null, wonReason: null })
  })

  it("asks for a reason when it is lost", async () => {
    const { id } = await make({ name: "Beans" })
    const refused = await workspace.owner.patch(`/deals/${id}`, { stage: "lost" })
    expect(refused.status).toBe(422)
    expect(refused.body.errors).toMatchObject([{ path: "lostReason", code: "required" }])
    const lost = await workspace.owner.patch(`/deals/${id}`, { stage: "lost", lostReason: "price" })
    expect(lost.body.data).toMatchObject({ status: "lost", lostReason: "price", probability: 0 })
    const emptied = await workspace.owner.patch(`/deals/${id}`, { lostReason: null })
    expect(emptied.body.errors).toMatchObject([{ path: "lostReason", code: "required" }])
    expect((await workspace.owner.patch(`/deals/${id}`, { lostReason: "timing" })).status).toBe(200)
  })

  it("refuses stages, pipelines and reasons nobody has declared", async () => {
    for (const values of [{ stage: "elsewhere" }, { pipeline: "elsewhere" }, { lostReason: "elsewhere" }]) {
      const answer = await workspace.owner.post("/deals", { name: "Beans", ...values })
      expect(answer.status, answer.text).toBe(422)
      expect(answer.body.errors[0].path).toBe(Object.keys(values)[0])
    }
  })

  it("can be found and sorted by stage and amount", async () => {
    for (const [stage, amount] of [
      ["proposal", 30],
      ["new", 20],
      ["won", 10],
    ] as const)
      await make({ name: `${stage} deal`, stage, amount: euros(amount) })
    const byStage = await workspace.owner.post("/deals/query", { sort: ["stage"], fields: ["stage"] })
    expect(byStage.body.data.map((row: { stage: string }) => row.stage)).toEqual(["new", "proposal", "won"])
    const groups = await workspace.owner.post("/deals/groups", {
      by: "stage",
      fields: ["amount", "weighted"],
    })
    expect(groups.body.data.map((one: { value: string }) => one.value)).toEqual(["new", "proposal", "won"])
    expect(groups.body.data[1].figures.weighted[0]).toMatchObject({ currency: "EUR", sum: 1500 })
  })
})
