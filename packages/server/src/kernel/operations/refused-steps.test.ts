import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { restoreEach } from "../records/bin.ts"
import type { Patch } from "../records/plan-updates.ts"
import { updateEach } from "../records/update-each.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  shop = await app.workspace()
})
afterAll(() => app.close())

async function declareUnique(...keys: string[]): Promise<void> {
  for (const key of keys) {
    const field = { entity: "people", type: "text", key, label: key, unique: true }
    expect((await shop.owner.post("/fields", field)).status).toBe(201)
  }
}
async function made(...rows: object[]): Promise<string[]> {
  const answer = await shop.owner.post("/people/batch", { rows })
  return answer.body.data.map(({ id }: { id: string }) => id)
}
const crowd = (count: number, values: (index: number) => object) =>
  made(...Array.from({ length: count }, (_, index) => values(index)))
async function run(path: string, body: object = {}): Promise<Operation> {
  const started = await shop.owner.post(path, body)
  expect(started.status, started.text).toBe(202)
  await app.drain()
  const { operationId, id } = started.body.data
  return (await shop.owner.get(`/operations/${operationId ?? id}`)).body.data
}

describe("where all records of a step are refused, as many statements are sent as for a few", () => {
  const many = 300
  /** How many statements some work sends that ends with so many refused. */
  async function statements(refused: number, work: () => Promise<Operation>): Promise<number> {
    app.statements.length = 0
    const { summary } = await work()
    expect(summary.keptCount ?? summary.refusedCount).toBe(refused)
    return app.statements.length
  }
  async function expectAsMany(
    all: readonly string[],
    work: (ids: readonly string[]) => Promise<Operation>,
  ): Promise<void> {
    const forFew = await statements(3, () => work(all.slice(0, 3)))
    const forMany = await statements(many - 3, () => work(all.slice(3)))
    expect(forMany).toBeLessThan(forFew + 10)
  }
  it("by a change that a rule or a value of another refuses", async () => {
    await declareUnique("card")
    const ids = await crowd(many, (index) => ({ name: `Person ${index}` }))
    await made({ name: "Holder", custom: { card: "1" } })
    for (const values of [{ name: null }, { custom: { card: "1" } }])
      await expectAsMany(ids, (some) =>
        run("/people/bulk", { ids: some, action: "update", input: { values } }),
      )
  })
  it("by a restore, and by an undo", async () => {
    await declareUnique("card")
    const person = (index: number) => ({ name: `Person ${index}`, custom: { card: `${index}` } })
    const ids = await crowd(many, person)
    const removals = [
      await run("/people/bulk", { ids: ids.slice(0, 3), action: "delete" }),
      await run("/people/bulk", { ids: ids.slice(3), action: "delete" }),
    ]
    const heirs = await crowd(many, person)
    await expectAsMany(ids, (some) => run("/people/bulk", { ids: some, action: "restore" }))
    await expectAsMany(ids, (some) => run(`/operations/${removals[some.length > 3 ? 1 : 0]?.id}/undo`))

    const update = (of: string[]) =>
      run("/people/bulk", { ids: of, action: "update", input: { values: { custom: { card: null } } } })
    const changes = [await update(heirs.slice(0, 3)), await update(heirs.slice(3))]
    await crowd(many, person)
    await expectAsMany(heirs, (some) => run(`/operations/${changes[some.length > 3 ? 1 : 0]?.id}/undo`))
  })
})

describe("of values that only one may hold", () => {
  let people: EntityDeclaration
  beforeEach(async () => {
    await declareUnique("card", "badge")
    await app.inWorkspace(shop, async (ctx) => {
      people = ctx.registry.entity("people") as EntityDeclaration
    })
  })
  it("none is given away that its holder keeps, because that one is refused", async () => {
    await made({ name: "Outsider", custom: { badge: "9" } })
    const [one = "", two = "", three = ""] = await made(
      { name: "One", custom: { card: "1", badge: "1" } },
      { name: "Two", custom: { card: "2" } },
      { name: "Three" },
    )
    const patches: Patch[] = [
      { id: one, values: { "custom.card": "3", "custom.badge": "9" } },
      { id: two, values: { "custom.card": "1" } },
      { id: three, values: { "custom.card": "3" } },
    ]
    const { results, refused } = await app.inWorkspace(shop, (ctx) => updateEach(ctx, people, patches))
    expect(refused.map(({ item, error }) => [item.id, error.info.errors?.map(({ path }) => path)])).toEqual([
      [one, ["custom.badge"]],
      [two, ["custom.card"]],
    ])
    // What the first claimed and did not get is there for the last.
    expect(results.map(({ after }) => [after.id, after["custom.card"]])).toEqual([[three, "3"]])
    const { data } = (await shop.owner.get(`/people/${three}`)).body
    expect(data.custom.card).toBe("3")
  })
  it("the first of two in the bin comes back, or the second where that one can't", async () => {
    const rows = [
      { name: "One", custom: { card: "1", badge: "9" } },
      { name: "Two", custom: { card: "1" } },
      { name: "Three", custom: { card: "1" } },
    ]
    const ids: string[] = []
    for (const row of rows) {
      const [id = ""] = await made(row)
      ids.push(id)
      await shop.owner.delete(`/people/${id}`)
      app.clock.advance(1000)
    }
    await made({ name: "Outsider", custom: { badge: "9" } })
    const { results, refused } = await app.inWorkspace(shop, (ctx) => restoreEach(ctx, people, ids))
    expect(results.map(({ name }) => name)).toEqual(["Two"])
    expect(refused.map(({ item }) => item)).toEqual([ids[0], ids[2]])
  })
})
