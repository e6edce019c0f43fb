import { afterAll, beforeAll, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { runDueSchedules } from "../../kernel/jobs/scheduler.ts"
import { binDays } from "../../kernel/records/erase.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
})
afterAll(() => app.close())

const day = 24 * 60 * 60 * 1000
async function nightAfter(days: number): Promise<string[]> {
  app.clock.advance(days * day)
  await runDueSchedules(app.services)
  await app.drain()
  const binned = (await shop.owner.get("/views?deleted=true")).body.data
  const living = (await shop.owner.get("/views")).body.data
  return [...binned, ...living].map(({ name }: { name: string }) => name)
}

it("erases a view that was deleted 90 days ago, and no other", async () => {
  const make = async (name: string) =>
    (await shop.owner.post("/views", { entity: "people", name })).body.data.id
  await make("Kept")
  await shop.owner.delete(`/views/${await make("Old")}`)
  expect(await nightAfter(1)).toEqual(["Old", "Kept"])
  await shop.owner.delete(`/views/${await make("Newer")}`)
  expect(await nightAfter(binDays - 2)).toEqual(expect.arrayContaining(["Old", "Newer", "Kept"]))
  expect((await nightAfter(2)).sort()).toEqual(["Kept", "Newer"])
})
