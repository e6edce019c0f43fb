import { afterAll, beforeAll, expect, it } from "vitest"
import { startTransferApp, type TransferApp } from "./testing/transfer-app.ts"

let app: TransferApp
beforeAll(async () => {
  app = await startTransferApp()
})
afterAll(() => app.close())

const file = [
  "Deal;Stage;Amount;Company;Opened on;Closed on;Lost because",
  "Machines;Angebot gemacht;1.200,50;Corner Bakery;2026-01-10;;",
  "Beans;Won;300;Corner Bakery;2025-10-01;2025-11-20;",
  "Catering;Lost;90;Weir Yoga;2025-10-01;2025-12-24;",
  "Bar;Somewhere;1;;;;",
].join("\n")

it("imports deals by the words of their stages, whatever these ask for, reads its own export and takes all back", async () => {
  const shop = await app.workspace()
  const asked = { requires: ["nextStep", "tags"] }
  expect((await shop.owner.patch("/pipelines/sales/stages/proposal", asked)).status).toBe(200)
  const { id, result } = await app.importFile(shop, file, { entity: "deals" })
  expect(result.counts).toMatchObject({ created: 3, refused: 1 })
  const found = async () =>
    (await shop.owner.post("/deals/query", { sort: ["name"], limit: 50 })).body.data as { id: string }[]
  expect(await found()).toMatchObject([
    { name: "Beans", stage: "won", status: "won", closedOn: "2025-11-20", probability: 100 },
    { name: "Catering", stage: "lost", status: "lost", lostReason: null, closedOn: "2025-12-24" },
    { name: "Machines", stage: "proposal", amount: { amount: 120_050 }, weighted: { amount: 60_025 } },
  ])
  const [beans] = await found()
  const spans = await shop.owner.get(`/deals/${beans?.id}/stages`)
  expect(spans.body.data).toMatchObject([{ stage: "won", enteredAt: expect.stringContaining("2025-11-20") }])

  const csv = (await shop.owner.get("/export?entity=deals&format=csv&header=keys")).text
  const again = await app.importFile(shop, csv, { entity: "deals" })
  expect(again.checked.problems).toEqual([])
  expect(again.result.counts).toMatchObject({ created: 0, updated: 0, refused: 0 })

  expect((await shop.owner.post(`/imports/${id}/undo`)).status).toBe(202)
  await app.drain()
  expect(await found()).toEqual([])
})
