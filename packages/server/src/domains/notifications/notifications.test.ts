import { afterAll, beforeAll, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { notify } from "./index.ts"

let app: TestApp
let shop: TestWorkspace
let noteId: string
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
  noteId = (await shop.owner.post("/notes", { text: "A note" })).body.data.id
})
afterAll(() => app.close())

async function tell(workspace: TestWorkspace, memberId: string, keys: string[]): Promise<void> {
  for (const key of keys) {
    app.clock.advance(1000)
    await app.inWorkspace(workspace, (ctx) =>
      notify(ctx, [{ memberId, kind: "mention", key, subject: { type: "note", id: noteId }, actorId: null }]),
    )
  }
}
const keysIn = (body: { data: { id: string }[] }) => body.data.map(({ id }) => id)

it("are read newest first, page by page, and marked one by one or all at once", async () => {
  const member = await app.member(shop, "viewer")
  await tell(shop, member.memberId, ["1", "2", "3", "4", "5", "3"])
  const whole = (await member.get("/notifications")).body
  expect(whole).toMatchObject({ unread: 5, page: { next: null } })
  expect(whole.data).toHaveLength(5)
  expect(whole.data.map((one: { createdAt: string }) => one.createdAt)).toEqual(
    whole.data
      .map((one: { createdAt: string }) => one.createdAt)
      .sort()
      .reverse(),
  )
  const first = (await member.get("/notifications?limit=2")).body
  const second = (await member.get(`/notifications?limit=3&cursor=${first.page.next}`)).body
  expect([...keysIn(first), ...keysIn(second)]).toEqual(keysIn(whole))
  expect(second.page.next).toBeNull()

  const [one] = keysIn(whole)
  expect((await member.post("/notifications/read", { ids: [one] })).body).toEqual({ data: { unread: 4 } })
  expect((await member.get("/notifications")).body.data[0].readAt).toBe(app.clock.now.toISOString())
  expect((await member.post("/notifications/read", { all: true })).body).toEqual({ data: { unread: 0 } })
})

it("of others can be neither read nor marked", async () => {
  const member = await app.member(shop, "member")
  const colleague = await app.member(shop, "administrator")
  await tell(shop, member.memberId, ["private"])
  const ids = keysIn((await member.get("/notifications")).body)
  expect((await colleague.get("/notifications")).body.data).toEqual([])
  await colleague.post("/notifications/read", { ids })
  await colleague.post("/notifications/read", { all: true })
  expect((await member.get("/notifications")).body.unread).toBe(1)
})

it("reach nobody in another workspace", async () => {
  const stranger = await app.workspace()
  await tell(stranger, shop.ownerId, ["foreign"])
  await tell(shop, stranger.ownerId, ["foreign"])
  for (const client of [shop.owner, stranger.owner])
    expect((await client.get("/notifications")).body.data).toEqual([])
})

it("need to be told what to mark, and read a cursor of their own only", async () => {
  for (const body of [{}, { ids: [noteId], all: true }])
    expect((await shop.owner.post("/notifications/read", body)).status).toBe(422)
  for (const cursor of ["x", Buffer.from("2026-99-99T00:00:00Z 1").toString("base64url")])
    expect((await shop.owner.get(`/notifications?cursor=${cursor}`)).status).toBe(422)
})
