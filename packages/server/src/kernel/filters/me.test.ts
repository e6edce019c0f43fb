import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { listIds } from "../records/list.ts"

let app: TestApp
let shop: TestWorkspace
let ben: Awaited<ReturnType<TestApp["member"]>>
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
  ben = await app.member(shop, "member")
  const rows = [
    { name: "Of the owner", ownerId: shop.ownerId },
    { name: "Of Ben", ownerId: ben.memberId },
    { name: "Of nobody" },
  ]
  expect((await shop.owner.post("/people/batch", { rows })).body.data).toHaveLength(3)
  const title = { assigneeId: ben.memberId, about: [{ type: "person", id: await idOf("Of nobody") }] }
  expect((await shop.owner.post("/tasks", { title: "Call", ...title })).status).toBe(201)
})
afterAll(() => app.close())

type Asking = TestWorkspace["owner"]
async function found(who: Asking, filter: object, entity = "people"): Promise<string[]> {
  const answer = await who.post(`/${entity}/query`, { filter, sort: ["createdAt"] })
  expect(answer.status, answer.text).toBe(200)
  return answer.body.data.map((row: { name?: string; title?: string }) => row.name ?? row.title)
}
async function idOf(name: string): Promise<string> {
  const filter = { field: "name", op: "is", value: name }
  return (await shop.owner.post("/people/query", { filter })).body.data[0].id
}

describe('"me" in a filter', () => {
  it("is whoever asks, by a key its member", async () => {
    const mine = { field: "ownerId", op: "is", value: "me" }
    expect(await found(shop.owner, mine)).toEqual(["Of the owner"])
    expect(await found(ben, mine)).toEqual(["Of Ben"])
  })
  it("goes with every comparison, and with names beside it", async () => {
    const owner = (op: string, value: unknown) => found(ben, { field: "ownerId", op, value })
    expect(await owner("isNot", "me")).toEqual(["Of the owner", "Of nobody"])
    expect((await owner("isAnyOf", ["me", shop.ownerId])).toSorted()).toEqual(["Of Ben", "Of the owner"])
    expect(await owner("isNoneOf", ["me", shop.ownerId])).toEqual(["Of nobody"])
  })
  it("holds for who added a record, for tasks, and on the other side of a connection", async () => {
    const added = { field: "createdBy", op: "is", value: "me" }
    expect(await found(shop.owner, added)).toHaveLength(3)
    expect(await found(ben, added)).toEqual([])
    const assigned = { field: "assigneeId", op: "is", value: "me" }
    expect(await found(ben, assigned, "tasks")).toEqual(["Call"])
    expect(await found(shop.owner, assigned, "tasks")).toEqual([])
    expect(await found(ben, { related: "tasks", some: assigned })).toEqual(["Of nobody"])
  })
  it("finds the notes that mention whoever asks", async () => {
    const mention = { type: "mention", attrs: { id: ben.memberId, label: "Ben" } }
    const body = { type: "doc", content: [{ type: "paragraph", content: [mention] }] }
    expect((await shop.owner.post("/notes", { body, about: [] })).status).toBe(201)
    const filter = { field: "mentions", op: "isAnyOf", value: ["me"] }
    expect(await found(ben, filter, "notes")).toHaveLength(1)
    expect(await found(shop.owner, filter, "notes")).toEqual([])
  })
  it("travels in the address of a list and into bulk work", async () => {
    const filter = { field: "ownerId", op: "is", value: "me" }
    const listed = await ben.get(`/people?filter=${encodeURIComponent(JSON.stringify(filter))}`)
    expect(listed.body.data).toHaveLength(1)
    const bulk = { filter, action: "addTags", input: { tags: ["mine"] } }
    expect((await shop.owner.post("/people/bulk", bulk)).status).toBe(202)
    await app.drain()
    expect(await found(ben, { field: "tags", op: "isAnyOf", value: ["mine"] })).toEqual(["Of the owner"])
  })
  it("is nobody where the product itself asks", async () => {
    const listed = (entity: string, filter: Filter) =>
      app.inWorkspace(shop, (ctx) => listIds(ctx, ctx.registry.entity(entity)!, { filter }))
    expect(await listed("people", { field: "ownerId", op: "is", value: "me" })).toEqual([])
    expect(await listed("people", { field: "ownerId", op: "isNot", value: "me" })).toHaveLength(3)
    expect(await listed("notes", { field: "mentions", op: "hasAll", value: ["me"] })).toEqual([])
  })
  it("is refused where no member is meant", async () => {
    const filter = { field: "companyId", op: "is", value: "me" }
    expect((await ben.post("/people/query", { filter })).status).toBe(422)
  })
})
