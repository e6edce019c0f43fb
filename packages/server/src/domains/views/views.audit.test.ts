import type { AuditFact } from "@regulars/contract/domains/audit.endpoints.ts"
import { afterAll, beforeAll, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
})
afterAll(() => app.close())

it("a shared view stands in the audit log while it is everybody's: who changed it, and what they did", async () => {
  const ana = await app.member(shop, "member")
  const administrator = await app.member(shop, "administrator")
  const made = await ana.post("/views", { entity: "people", name: "Chefs" })
  const { id } = made.body.data
  await ana.patch(`/views/${id}`, { name: "Still hers" })
  await ana.patch(`/views/${id}`, { shared: true })
  await administrator.patch(`/views/${id}`, { filter: null })
  await administrator.patch(`/views/${id}`, { position: 7 })
  await administrator.delete(`/views/${id}`)
  await ana.post(`/views/${id}/restore`)
  await shop.owner.post("/views/default", { entity: "people", for: "everyone", viewId: id })
  await ana.patch(`/views/${id}`, { shared: false })
  const { data } = (await shop.owner.get("/audit?area=security")).body
  const told = data.filter(({ type }: { type: string }) => type === "security.view_changed").toReversed()
  expect(told.map(({ data: one, actor }: AuditFact) => [one.change, actor.id])).toEqual([
    ["shared", ana.memberId],
    ["changed", administrator.memberId],
    ["deleted", administrator.memberId],
    ["restored", ana.memberId],
    ["default", shop.ownerId],
    ["unshared", ana.memberId],
  ])
  expect(told[0].data).toEqual({ entity: "people", viewId: id, change: "shared" })
})
