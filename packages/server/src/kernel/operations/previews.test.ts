import type { Operation, UndoPreview } from "@regulars/contract/domains/general.endpoints.ts"
import type { Rights } from "@regulars/contract/domains/rights.ts"
import type { BulkPreview } from "@regulars/contract/kernel/bulk-endpoints.ts"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import {
  type Answer,
  type Client,
  startTestApp,
  type TestApp,
  type TestWorkspace,
} from "../../../testing/app.ts"
import { roleFor } from "../access/testing.ts"

let app: TestApp
let shop: TestWorkspace
let owner: Client
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  shop = await app.workspace()
  owner = shop.owner
})
afterAll(() => app.close())

interface Bulk {
  action: string
  input?: object
}
async function made(path: string, ...rows: object[]): Promise<string[]> {
  const ids: string[] = []
  for (const row of rows) {
    const answer = await owner.post(`${path}?allowDuplicate=true`, row)
    expect(answer.status, answer.text).toBe(201)
    ids.push(answer.body.data.id)
  }
  return ids
}
async function crowd(count: number, values: (index: number) => object): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => values(index))
  const answer = await owner.post("/people/batch", { rows })
  return answer.body.data.map(({ id }: { id: string }) => id)
}
async function foresee(path: string, body: object, caller = owner): Promise<BulkPreview> {
  const answer = await caller.post(`${path}/bulk/preview`, body)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.data
}
async function ended(started: Answer, caller = owner): Promise<Operation> {
  expect(started.status, started.text).toBe(202)
  await app.drain()
  const { operationId, id } = started.body.data
  return (await caller.get(`/operations/${operationId ?? id}`)).body.data
}
const run = async (path: string, body: object, caller = owner) =>
  ended(await caller.post(`${path}/bulk`, body), caller)
const undo = async ({ id }: Operation, caller = owner) =>
  ended(await caller.post(`/operations/${id}/undo`), caller)
async function foreseeUndo({ id }: Operation, caller = owner): Promise<UndoPreview> {
  const answer = await caller.get(`/operations/${id}/undo-preview`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.data
}
/** How many statements some work sends; who calls is asked for now and then as well. */
async function statements(work: () => Promise<unknown>): Promise<number> {
  app.statements.length = 0
  await work()
  return app.statements.length
}
const declare = (field: object) => made("/fields", { entity: "people", ...field })

describe("where all records are refused, a preview sends as many statements as for a few", () => {
  it("before a bulk change", async () => {
    const ids = await crowd(600, (index) => ({ name: `Person ${index}` }))
    // Nobody of them has anything else to be called by.
    const body = { action: "update", input: { values: { name: null } } }
    const few = await statements(() => foresee("/people", { ...body, ids: ids.slice(0, 3) }))
    const many = await statements(async () =>
      expect(await foresee("/people", { ...body, ids })).toMatchObject({ changed: 0, refusedCount: 600 }),
    )
    expect(many).toBeLessThan(few + 5)
  })
  it("before it is undone", async () => {
    const ids = await crowd(600, (index) => ({ emails: [{ address: `p${index}@example.com` }] }))
    const update = (values: object, of = ids) =>
      run("/people", { ids: of, action: "update", input: { values } })
    const [few, all] = [
      await update({ name: "Few" }, ids.slice(0, 3)),
      await update({ name: "All" }, ids.slice(3)),
    ]
    await update({ emails: [] })
    const forFew = await statements(() => foreseeUndo(few))
    const forAll = await statements(async () =>
      expect(await foreseeUndo(all)).toMatchObject({ restored: 0, keptCount: 597, isWhole: true }),
    )
    expect(forAll).toBeLessThan(forFew + 5)
  })
})

describe("what is foreseen is what happens", () => {
  const everyone = { field: "createdAt", op: "isNotEmpty" }
  /** Compares both previews with the change and its undo. */
  async function compare(path: string, bulk: Bulk, expected: number): Promise<void> {
    const body = { filter: everyone, ...bulk }
    const { changed, refusedCount } = await foresee(path, body)
    expect(changed, JSON.stringify(bulk)).toBe(expected)
    const operation = await run(path, body)
    expect(operation.summary, JSON.stringify(bulk)).toMatchObject({ changed, refusedCount })
    const { restored, keptCount } = await foreseeUndo(operation)
    expect((await undo(operation)).summary, JSON.stringify(bulk)).toMatchObject({ restored, keptCount })
  }

  it("for values of every kind, those that are so already left out", async () => {
    const options = { choices: [{ label: "Cash" }, { label: "Card" }] }
    await declare({ type: "text", label: "Nick" })
    await declare({ type: "number", label: "Size" })
    await declare({ type: "choices", label: "Pays", options })
    await declare({ type: "text", label: "Must", required: "stages", stages: ["customer"] })
    const [acme] = await made("/companies", { name: "Acme" })
    await made(
      "/people",
      { name: "Ada", tags: ["VIP", "tea"], lifecycleStage: "lead", ownerId: shop.ownerId, language: "de" },
      { name: "Bo", tags: ["tea"], birthday: { month: 3, day: 1 }, companyId: acme, custom: { nick: "B" } },
      { name: "Cy", custom: { size: 4, nick: "C", pays: ["card"] }, keyCustomer: null },
      { name: "Dee", salutation: "D", custom: { must: "x", size: 4.5 } },
    )
    const update = (values: object): Bulk => ({ action: "update", input: { values } })
    const cases: [Bulk, number][] = [
      [update({ ownerId: shop.ownerId }), 3],
      [update({ ownerId: null }), 1],
      [update({ birthday: { month: 3, day: 1 } }), 3],
      [update({ companyId: acme }), 3],
      [update({ tags: ["tea"] }), 3],
      [update({ salutation: " D " }), 3],
      [update({ custom: { nick: "B" } }), 3],
      [update({ custom: { nick: null } }), 2],
      [update({ custom: { size: 4 } }), 3],
      [update({ custom: { pays: [] } }), 1],
      // Of those without what the stage asks for.
      [update({ lifecycleStage: "customer" }), 1],
      [{ action: "addTags", input: { tags: ["vip"] } }, 3],
      [{ action: "addTags", input: { tags: ["vip", "tea"] } }, 3],
      [{ action: "removeTags", input: { tags: ["tea", "none"] } }, 2],
      [{ action: "delete" }, 4],
    ]
    for (const [bulk, expected] of cases) await compare("/people", bulk, expected)
  })
  it("for companies that would stand below themselves, which are named beforehand", async () => {
    const [top] = await made("/companies", { name: "Top" })
    const [middle] = await made("/companies", { name: "Middle", parentId: top })
    const [bottom, other] = await made("/companies", { name: "Bottom", parentId: middle }, { name: "Other" })
    const bulk = { action: "update", input: { values: { parentId: bottom } } }
    const { refused } = await foresee("/companies", { filter: everyone, ...bulk })
    expect(refused.map(({ name, fields, reason }) => [name, fields, reason]).sort()).toEqual(
      ["Bottom", "Middle", "Top"].map((name) => [name, ["parentId"], "cycle"]),
    )
    await compare("/companies", bulk, 1)
    expect((await owner.get(`/companies/${other}`)).body.data.parentId).toBe(null)
  })
  it("for records that were made, unless somebody has worked with them since", async () => {
    const ids = await made("/people", { name: "Ada" }, { name: "Bo" }, { name: "Cy" })
    const assigned = await run("/people", { ids, action: "assignTask", input: { title: "Call" } })
    const [task] = (await owner.post("/tasks/query", { filter: everyone })).body.data
    await owner.patch(`/tasks/${task.id}`, { title: "Call twice" })
    const kept = [{ id: task.id, name: "Call twice", reason: "changed_since" }]
    expect(await foreseeUndo(assigned)).toMatchObject({ removed: 2, keptCount: 1, kept, isWhole: true })
    // So large that not all of it is counted: the first are looked at, and here these are all.
    await app.services.pools.owner.query("update operations set done = 300000 where id = $1", [assigned.id])
    expect(await foreseeUndo(assigned)).toMatchObject({ removed: 2, keptCount: 1, kept, isWhole: true })
    expect((await undo(assigned)).summary).toMatchObject({ removed: 2, keptCount: 1, kept })
  })
})

describe("a preview tells nobody of what is hidden from them", () => {
  it("neither by the name of a field nor by what its values meet", async () => {
    await declare({ type: "text", key: "secret", label: "Secret", unique: true })
    await declare({ type: "text", label: "Open", unique: true })
    const member = await app.member(shop, "member")
    const roleId = await roleFor(owner, "all", (rights: Rights) => {
      rights.entities.people!.fields = { "custom.secret": "hidden" }
    })
    await owner.patch(`/members/${member.memberId}`, { roleId })
    const ids = await made("/people", { name: "One", custom: { secret: "1" } })
    await owner.delete(`/people/${ids[0]}`)
    await made("/people", { name: "Heir", custom: { secret: "1" } })
    const body = { ids, action: "restore" }
    expect(await foresee("/people", body)).toMatchObject({ refused: [{ reason: "not_unique" }] })
    expect(await foresee("/people", body, member)).toMatchObject({ changed: 1, refusedCount: 0 })
    const { summary } = await run("/people", body, member)
    expect(summary).toMatchObject({
      refusedCount: 1,
      refused: [{ fields: ["record"], reason: "value_taken" }],
    })
    expect(JSON.stringify(summary)).not.toContain("secret")
  })
  it("nor by records that they don't see", async () => {
    await declare({ type: "text", key: "card", label: "Card", unique: true })
    const member = await app.member(shop, "member")
    await owner.patch(`/members/${member.memberId}`, { roleId: await roleFor(owner, "own") })
    await made("/people", { name: "Theirs", custom: { card: "1" } })
    const mine = (await member.post("/people", { name: "Mine" })).body.data.id
    const give = (card: string, caller: Client) =>
      foresee("/people", { ids: [mine], action: "update", input: { values: { custom: { card } } } }, caller)
    expect(await give("1", owner)).toMatchObject({ changed: 0, refusedCount: 1 })
    expect(await give("1", member)).toEqual(await give("2", member))
  })
  it("nor by what a hidden field or an unseen company asks for", async () => {
    const needed = { type: "text", required: "stages", stages: ["customer"] }
    await declare({ ...needed, key: "secret", label: "Secret" })
    const member = await app.member(shop, "member")
    const roleId = await roleFor(owner, "own", (rights: Rights) => {
      rights.entities.people!.fields = { "custom.secret": "hidden" }
    })
    await owner.patch(`/members/${member.memberId}`, { roleId })
    const ada = (await member.post("/people", { name: "Ada" })).body.data.id
    // The first is counted by a condition, the second looked at record by record.
    for (const values of [{ lifecycleStage: "customer" }, { lifecycleStage: "customer", name: "Ada B" }]) {
      const become = { ids: [ada], action: "update", input: { values } }
      expect(await foresee("/people", become)).toMatchObject({ changed: 0, refusedCount: 1 })
      expect(await foresee("/people", become, member)).toMatchObject({ changed: 1, refusedCount: 0 })
    }

    const company = async (name: string) => (await member.post("/companies", { name })).body.data.id
    const [top, bottom] = [await company("Top"), await company("Bottom")]
    const [between] = await made("/companies", { name: "Between", parentId: top })
    await owner.patch(`/companies/${bottom}`, { parentId: between })
    const move = { ids: [top], action: "update", input: { values: { parentId: bottom } } }
    expect(await foresee("/companies", move)).toMatchObject({ changed: 0, refusedCount: 1 })
    expect(await foresee("/companies", move, member)).toMatchObject({ changed: 1, refusedCount: 0 })
  })
  it("nor in what an undo keeps", async () => {
    const member = await app.member(shop, "member")
    const [id] = await made("/people", { name: "Ada" })
    const body = { ids: [id], action: "update", input: { values: { description: "a", salutation: "A" } } }
    const change = await run("/people", body, member)
    const roleId = await roleFor(owner, "all", (rights: Rights) => {
      rights.entities.people!.fields = { description: "hidden" }
    })
    await owner.patch(`/members/${member.memberId}`, { roleId })
    app.clock.advance(1000)
    expect((await member.get(`/operations/${change.id}`)).body.data.summary.fields).toEqual(["salutation"])
    const foreseen = await foreseeUndo(change, member)
    expect(foreseen).toMatchObject({ restored: 1, kept: [{ id, fields: ["record"], reason: "forbidden" }] })
    expect((await undo(change, member)).summary).toMatchObject({ restored: 1, kept: foreseen.kept })
  })
})
