import type { View } from "@regulars/contract/domains/views.endpoints.ts"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import type { LiveMessage } from "../../kernel/live.ts"

let app: TestApp
let shop: TestWorkspace
let owner: Client
let ben: Client
let viewer: Client
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  shop = await app.workspace()
  owner = shop.owner
  ben = await app.member(shop, "manager")
  viewer = await app.member(shop, "viewer")
})
afterAll(() => app.close())

async function make(client: Client, values: object = {}) {
  const answer = await client.post("/views", { entity: "people", name: "Chefs", ...values })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data
}

describe("the sidebar of a member", () => {
  /** Names of what stands there, in its order, as every page reads it. */
  const sidebar = async (client: Client) =>
    (await client.get("/views")).body.data
      .filter(({ pin, pinned }: View) => pin?.pinned ?? pinned)
      .toSorted((one: View, other: View) => placeOf(one) - placeOf(other))
      .map(({ name }: View) => name)
  const placeOf = ({ pin, position }: View) => pin?.position ?? position
  const choose = (client: Client, id: string, pin: object) => client.patch(`/views/${id}/pin`, pin)

  it("is their own: what they put there, take out and move stays as it is for everybody else", async () => {
    const [first, second] = [
      await make(owner, { shared: true, pinned: true, name: "First" }),
      await make(owner, { shared: true, pinned: true, name: "Second" }),
    ]
    const other = await make(owner, { shared: true, name: "Other" })
    const told: LiveMessage[] = []
    const stop = app.services.live.subscribe(shop.id, (message) => told.push(message))
    for (const client of [ben, viewer]) expect(await sidebar(client)).toEqual(["First", "Second"])
    // Nobody else's pages ask for their views again.
    const answer = await choose(viewer, first.id, { pinned: false })
    stop()
    expect(told).toEqual([expect.objectContaining({ entity: "views", memberId: expect.any(String) })])
    expect(answer.body.data).toMatchObject({
      version: first.version,
      pinned: true,
      pin: { pinned: false, position: null },
    })
    await choose(viewer, other.id, { pinned: true })
    await choose(viewer, other.id, { position: first.position - 1 })
    expect(await sidebar(viewer)).toEqual(["Other", "Second"])
    expect(await sidebar(ben)).toEqual(["First", "Second"])
    // What is everybody's later leaves a choice alone, and reaches whoever made none.
    await owner.patch(`/views/${second.id}`, { pinned: false })
    await owner.patch(`/views/${first.id}`, { name: "Firstly" })
    expect(await sidebar(viewer)).toEqual(["Other"])
    expect(await sidebar(ben)).toEqual(["Firstly"])
    expect((await choose(viewer, other.id, { pinned: null, position: null })).body.data.pin).toBeNull()
    await choose(viewer, first.id, { pinned: null })
    expect(await sidebar(viewer)).toEqual(["Firstly"])
  })
  it("takes no view that is not to be seen, and forgets one that is gone", async () => {
    const { id } = await make(viewer)
    const { owner: stranger } = await app.workspace()
    for (const client of [owner, ben, stranger])
      expect((await choose(client, id, { pinned: true })).status).toBe(404)
    expect((await choose(viewer, id, { pinned: true })).status).toBe(200)
    expect(await sidebar(viewer)).toEqual(["Chefs"])
    await viewer.delete(`/views/${id}`)
    expect((await choose(viewer, id, { pinned: false })).status).toBe(404)
    expect(await sidebar(viewer)).toEqual([])
    await viewer.post(`/views/${id}/restore`)
    expect(await sidebar(viewer)).toEqual(["Chefs"])
    const shared = await make(owner, { shared: true })
    await choose(ben, shared.id, { pinned: true })
    await owner.patch(`/views/${shared.id}`, { shared: false })
    expect(await sidebar(ben)).toEqual([])
    for (const pin of [{ pinned: "yes" }, { position: 1e12 }, { memberId: shop.ownerId }])
      expect((await choose(viewer, id, pin)).status).toBe(422)
  })
})
