import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { giveUpJobs, loseJobs, nextTurn } from "../../../testing/stranded.ts"
import { roleFor } from "../../kernel/access/testing.ts"

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

async function declare(field: object): Promise<string> {
  const answer = await owner.post("/fields", { entity: "people", ...field })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
async function person(custom: object, name = "Somebody"): Promise<string> {
  const answer = await owner.post("/people?allowDuplicate=true", { name, custom })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
async function found(word: string): Promise<string[]> {
  const answer = await owner.get(`/search?q=${word}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.data.map(({ id }: { id: string }) => id)
}
async function containing(value: string, key = "colour"): Promise<string[]> {
  const answer = await owner.post("/people/query", {
    filter: { field: `custom.${key}`, op: "contains", value },
  })
  expect(answer.status, answer.text).toBe(200)
  return answer.body.data.map(({ id }: { id: string }) => id)
}
async function expectTidy(): Promise<void> {
  const { rows } = await app.services.pools.owner.query(
    "select count(*)::int as count from field_computations where workspace_id = $1",
    [shop.id],
  )
  expect(rows).toEqual([{ count: 0 }])
}

describe("what own fields are searched by", () => {
  it("follows a change of type, at once in filters and soon in the search, and back", async () => {
    const choices = [{ label: "Crimson" }]
    const fieldId = await declare({ type: "choice", label: "Colour", options: { choices } })
    const id = await person({ colour: "crimson" })
    expect((await owner.patch(`/fields/${fieldId}`, { type: "text" })).status).toBe(200)
    expect(await containing("crim")).toEqual([id])
    await app.drain()
    await expectTidy()
    expect(await found("crimson")).toEqual([id])
    expect(await containing("crim")).toEqual([id])
    await owner.patch(`/people/${id}`, { custom: { colour: "Ochre" } })
    await owner.post(`/fields/${fieldId}/restore`)
    await app.drain()
    expect([await found("ochre"), await found("crimson")]).toEqual([[], []])
  })
  it("goes with a removed field and comes back with it, also for who was in the bin", async () => {
    const fieldId = await declare({ type: "text", label: "Colour" })
    const [id, binned] = [await person({ colour: "Crimson" }), await person({ colour: "Crimson" })]
    await owner.delete(`/people/${binned}`)
    await owner.delete(`/fields/${fieldId}`)
    await app.drain()
    expect(await found("crimson")).toEqual([])
    await owner.post(`/fields/${fieldId}/restore`)
    expect(await containing("crim")).toEqual([id])
    await app.drain()
    expect(await found("crimson")).toEqual([id])
    await owner.post(`/people/${binned}/restore`)
    expect((await found("crimson")).sort()).toEqual([id, binned].sort())
  })
  it("is gone with the values of a field that is forgotten, which can't be restored any more", async () => {
    const fieldId = await declare({ type: "text", label: "Colour" })
    const id = await person({ colour: "Crimson" })
    await owner.delete(`/fields/${fieldId}`)
    await app.drain()
    app.clock.advance(32 * 24 * 60 * 60_000)
    expect((await owner.post(`/fields/${fieldId}/restore`)).status).toBe(404)
    await app.inWorkspace(shop, async (ctx) => ctx.registry.jobs.get("fields.forget")!.handle(ctx, {}))
    await app.drain()
    const { rows } = await app.services.pools.owner.query(
      `select p.custom::text || s.body as text from people p join search_index s on s.record_id = p.id where p.id = $1`,
      [id],
    )
    expect(rows[0].text).not.toMatch(/crimson/i)
  })
  it("is found behind ten thousand characters of others", async () => {
    await declare({ type: "longText", label: "Story" })
    await declare({ type: "text", label: "Colour" })
    const id = await person({ story: "once upon ".repeat(1100), colour: "Crimson" })
    await person({ story: "short", colour: "Blue" })
    expect(await containing("rimso")).toEqual([id])
    // Such a record is asked itself, and no answer to whatever is looked for.
    expect(await containing("yellow")).toEqual([])
    expect(await containing("once upon", "story")).toEqual([id])
  })
})

describe("who may not see a field", () => {
  it("does not find people by what it said, from its removal on", async () => {
    const fieldId = await declare({ type: "text", label: "Colour" })
    const id = await person({ colour: "Crimson" }, "Ana Soto")
    const roleId = await roleFor(owner, "all", (rights) => {
      rights.entities.people!.fields = { "custom.colour": "hidden" }
    })
    const temp = await app.member(shop, "member")
    const given = await owner.patch(`/members/${temp.memberId}`, { roleId })
    expect(given.status, given.text).toBe(200)
    const finds = async (word: string) =>
      (await temp.get(`/search?q=${word}`)).body.data.map((hit: { id: string }) => hit.id)
    expect([await finds("crimson"), await finds("soto")]).toEqual([[], [id]])
    await owner.delete(`/fields/${fieldId}`)
    expect([await finds("crimson"), await finds("soto")]).toEqual([[], [id]])
    await app.drain()
    expect([await finds("crimson"), await finds("soto")]).toEqual([[], [id]])
  })
})

describe("writing it anew", () => {
  it("goes on where its work was lost or given up", async () => {
    const fieldId = await declare({ type: "text", label: "Colour" })
    await person({ colour: "Crimson" })
    await owner.delete(`/fields/${fieldId}`)
    await loseJobs(app)
    await nextTurn(app)
    await app.drain()
    await expectTidy()
    expect(await found("crimson")).toEqual([])

    await owner.post(`/fields/${fieldId}/restore`)
    await giveUpJobs(app)
    await nextTurn(app)
    app.clock.advance(2 * 60 * 60_000)
    await app.drain()
    await expectTidy()
    expect(await found("crimson")).toHaveLength(1)
  })
  it("takes in all records, in steps", async () => {
    const fieldId = await declare({ type: "text", label: "Colour" })
    for (let part = 0; part < 3; part++) {
      const rows = Array.from({ length: 400 }, (_, index) => ({
        name: `P${part} ${index}`,
        custom: { colour: `crimson${part}x${index}` },
      }))
      const made = await owner.post("/people/batch", { rows })
      expect(made.status, made.text).toBe(200)
    }
    await owner.delete(`/fields/${fieldId}`)
    await app.drain()
    const { rows } = await app.services.pools.owner.query(
      `select count(*)::int as count, count(*) filter (where body like '%crimson%')::int as old from search_index where workspace_id = $1 and entity = 'people'`,
      [shop.id],
    )
    expect(rows).toEqual([{ count: 1200, old: 0 }])
  })
})
