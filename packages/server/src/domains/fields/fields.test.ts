import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

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

async function declare(field: object): Promise<{ id: string; key: string; version: number }> {
  const answer = await owner.post("/fields", { entity: "people", ...field })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data
}
async function person(
  values: object,
): Promise<{ id: string; version: number; custom: Record<string, unknown> }> {
  const answer = await owner.post("/people", { name: "Somebody", ...values })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data
}
const read = async (id: string) => (await owner.get(`/people/${id}`)).body.data
const namesOf = async (body: object) => {
  const answer = await owner.post("/people/query", body)
  expect(answer.status, answer.text).toBe(200)
  return answer.body.data.map(({ name }: { name: string }) => name)
}
const colours = [{ label: "Dark red", color: "red" }, { label: "Blue" }]

/** A value of each type, what it is stored as, and one that is refused. */
const types: [type: string, options: object, given: unknown, stored: unknown, refused: unknown][] = [
  ["text", {}, "  Oat milk ", "Oat milk", 3],
  ["longText", {}, "a\nb", "a\nb", []],
  ["number", { decimals: 2 }, 42.5, 42.5, "42"],
  ["percent", {}, 12.5, 12.5, true],
  ["money", { currency: "EUR" }, { amount: 1999, currency: "eur" }, { amount: 1999, currency: "EUR" }, 19.99],
  ["date", {}, "2026-02-28", "2026-02-28", "2026-02-30"],
  ["dateTime", {}, "2026-03-01T10:00:00+02:00", "2026-03-01T08:00:00.000Z", "soon"],
  ["boolean", {}, false, false, "no"],
  ["choice", { choices: colours }, "darkRed", "darkRed", "green"],
  ["choices", { choices: colours }, ["blue", "darkRed", "blue"], ["blue", "darkRed"], ["green"]],
  ["url", {}, "https://example.com/a", "https://example.com/a", "javascript:alert(1)"],
  ["email", {}, "Ana@Example.com", "ana@example.com", "ana"],
  ["phone", {}, "+49 30 1234567", "+49301234567", 30],
  ["rating", { max: 5 }, 4, 4, 6],
]

describe("an own field", () => {
  it.each(types)(
    "of the type %s takes its values, keeps them, and names those it refuses",
    async (...[type, options, given, stored, refused]) => {
      const { key } = await declare({ type, label: "Favourite thing", options })
      expect(key).toBe("favouriteThing")
      const made = await person({ custom: { [key]: given } })
      expect(made.custom).toEqual({ [key]: stored })
      expect((await read(made.id)).custom).toEqual({ [key]: stored })
      const only = await owner.post("/people/query", { only: [made.id], fields: [`custom.${key}`] })
      expect(only.body.data[0].custom).toEqual({ [key]: stored })
      const bad = await owner.patch(`/people/${made.id}`, { custom: { [key]: refused } })
      expect(bad.status).toBe(422)
      expect(bad.body.errors[0].path).toMatch(new RegExp(`^custom\\.${key}`))
      const emptied = await owner.patch(`/people/${made.id}`, { custom: { [key]: null } })
      expect(emptied.body.data.custom).toEqual({ [key]: type === "choices" ? [] : null })
      const { rows } = await app.services.pools.owner.query("select from field_values where record_id = $1", [
        made.id,
      ])
      expect(rows).toHaveLength(0)
    },
  )
  it("leads to a record of the workspace, whose name comes along, and to no other", async () => {
    const { key } = await declare({ type: "link", label: "Best friend", options: { target: "people" } })
    const friend = await person({ name: "Bo" })
    const made = await person({ custom: { [key]: friend.id } })
    const answer = await owner.post("/people/query", { only: [made.id], include: [`custom.${key}`] })
    expect(answer.body.included.people[friend.id]).toBe("Bo")
    const stranger = await (await app.workspace()).owner.post("/people", { name: "Stranger" })
    const refused = await owner.patch(`/people/${made.id}`, { custom: { [key]: stranger.body.data.id } })
    expect(refused.body.errors).toEqual([
      expect.objectContaining({ path: `custom.${key}`, code: "link_not_found" }),
    ])
    const related = { related: `custom.${key}`, some: { field: "name", op: "is", value: "Bo" } }
    expect(await namesOf({ filter: related })).toEqual(["Somebody"])
  })
  it("that nobody declared is refused by its name", async () => {
    for (const answer of [
      await owner.post("/people", { name: "A", custom: { size: 1 } }),
      await owner.patch(`/people/${(await person({})).id}`, { custom: { size: 1 } }),
    ]) {
      expect(answer.status).toBe(422)
      expect(answer.body.errors).toEqual([
        expect.objectContaining({ path: "custom.size", code: "unknown_field" }),
      ])
    }
    expect((await owner.post("/people/query", { sort: ["custom.size"] })).status).toBe(422)
    expect((await owner.post("/people/query", { fields: ["custom.size"] })).status).toBe(422)
    const filter = { field: "custom.size", op: "is", value: 1 }
    expect((await owner.post("/people/query", { filter })).body.errors[0].code).toBe("unknown_field")
  })
  it("of one workspace is none of another's", async () => {
    await declare({ type: "number", label: "Size" })
    const other = await app.workspace()
    expect((await other.owner.get("/fields")).body.data).toEqual([])
    expect((await other.owner.post("/people", { name: "A", custom: { size: 1 } })).status).toBe(422)
  })
  it("changed in part leaves the others as they are", async () => {
    await declare({ type: "number", label: "Size" })
    await declare({ type: "text", label: "Milk" })
    const { id } = await person({ custom: { size: 42, milk: "Oat" } })
    await owner.patch(`/people/${id}`, { custom: { size: 43 } })
    expect((await read(id)).custom).toEqual({ size: 43, milk: "Oat" })
  })
  it("has its default in new records, and only where nothing was said", async () => {
    await declare({ type: "boolean", label: "Regular", default: true })
    expect((await person({})).custom).toEqual({ regular: true })
    expect((await person({ custom: { regular: null } })).custom).toEqual({ regular: null })
  })
  it("is found by typing what stands in it", async () => {
    await declare({ type: "text", label: "Milk" })
    await person({ name: "Ana", custom: { milk: "Macadamia" } })
    const hits = (await owner.get("/search?q=macadam")).body.data
    expect(hits.map(({ title }: { title: string }) => title)).toEqual(["Ana"])
  })
})

describe("filters and sorts", () => {
  const rows: Record<string, Record<string, unknown>> = {
    A: {
      size: 42,
      milk: "Oat",
      since: "2026-03-01",
      vip: true,
      cups: ["tall", "wide"],
      met: "2026-03-18T09:00:00Z",
      price: { amount: 500, currency: "EUR" },
    },
    B: { size: 38, milk: "ähnlich", since: "2025-01-01", vip: false, cups: ["tall"] },
    C: { size: 40, milk: "Soy" },
    D: {},
  }
  beforeEach(async () => {
    await declare({ type: "number", label: "Size" })
    await declare({ type: "text", label: "Milk" })
    await declare({ type: "date", label: "Since" })
    await declare({ type: "dateTime", label: "Met" })
    await declare({ type: "boolean", label: "VIP", key: "vip" })
    await declare({ type: "money", label: "Price" })
    await declare({
      type: "choices",
      label: "Cups",
      options: { choices: [{ label: "Tall" }, { label: "Wide" }] },
    })
    for (const [name, custom] of Object.entries(rows)) await person({ name, custom })
    await owner.delete(`/people/${(await person({ name: "Gone", custom: rows.A ?? {} })).id}`)
  })
  it.each([
    ["size", "is", 42, "A"],
    ["size", "isNot", 42, "BCD"],
    ["size", "atLeast", 40, "AC"],
    ["size", "between", [38, 40], "BC"],
    ["size", "isEmpty", undefined, "D"],
    ["size", "isNotEmpty", undefined, "ABC"],
    ["milk", "is", "OAT", "A"],
    ["milk", "is", "ahnlich", "B"],
    ["milk", "isAnyOf", ["oat", "soy"], "AC"],
    ["milk", "isNoneOf", ["oat", "soy"], "BD"],
    ["milk", "startsWith", "so", "C"],
    ["milk", "contains", "hnli", "B"],
    ["milk", "notContains", "oat", "BCD"],
    ["since", "before", "2026-01-01", "B"],
    ["since", "is", "2026-03-01", "A"],
    ["since", "during", { period: "thisMonth" }, "A"],
    ["met", "after", { ago: { n: 2, unit: "hour" } }, "A"],
    ["vip", "is", false, "B"],
    ["price", "atLeast", 500, "A"],
    ["cups", "isAnyOf", ["wide"], "A"],
    ["cups", "hasAll", ["tall", "wide"], "A"],
    ["cups", "isNoneOf", ["wide"], "BCD"],
  ])("%s %s %j", async (key, op, value, names) => {
    const filter = { field: `custom.${key}`, op, ...(value !== undefined && { value }) }
    expect(await namesOf({ filter, sort: ["name"] })).toEqual([...names])
  })
  it("refuse an operator or a value that the type does not know", async () => {
    for (const condition of [
      { field: "custom.size", op: "contains", value: "4" },
      { field: "custom.size", op: "is", value: "42" },
      { field: "custom.milk.part", op: "is", value: "x" },
    ])
      expect((await owner.post("/people/query", { filter: condition })).status).toBe(422)
  })
  it.each([
    ["custom.size", "BCAD"],
    ["-custom.size", "ACBD"],
    ["custom.milk", "BACD"],
    ["-custom.since", "ABDC"],
    ["custom.price", "ABCD"],
  ])("sort by %s, empty ones last, page by page as at once", async (sort, names) => {
    expect((await namesOf({ sort: [sort] })).join("").slice(0, 2)).toBe(names.slice(0, 2))
    const ids: string[] = (await owner.post("/people/query", { sort: [sort], ids: true })).body.ids
    const paged: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = (await owner.post("/people/query", { sort: [sort], limit: 1, ...(cursor && { cursor }) }))
        .body
      paged.push(...page.data.map(({ id }: { id: string }) => id))
      if (!page.page.next) break
      cursor = page.page.next
    }
    expect(paged).toEqual(ids)
    expect(await namesOf({ sort: [sort, "name"] })).toHaveLength(4)
    const filter = { field: "name", op: "isAnyOf", value: ["A", "B", "D"] }
    const some = (await owner.post("/people/query", { sort: [sort], filter, ids: true })).body.ids
    expect(await Promise.all(some.map(async (id: string) => (await read(id)).name))).toEqual(
      [...names].filter((name) => "ABD".includes(name)),
    )
  })
})

describe("history", () => {
  it("conflicts by own field: another one merges, the same one asks", async () => {
    await declare({ type: "number", label: "Size" })
    await declare({ type: "text", label: "Milk" })
    const { id, version } = await person({ custom: { size: 42 } })
    await owner.patch(`/people/${id}`, { custom: { size: 43 } })
    const based = { "if-match": `"${version}"` }
    expect((await owner.patch(`/people/${id}`, { custom: { milk: "Oat" } }, based)).status).toBe(200)
    const clash = await owner.patch(`/people/${id}`, { custom: { size: 44 } }, based)
    expect(clash.body.code).toBe("version_conflict")
    expect(clash.body.details.fields).toEqual([{ field: "custom.size", theirs: 43, yours: 44 }])
    expect((await read(id)).custom).toEqual({ size: 43, milk: "Oat" })
  })
  it("tells of each own field on the timeline", async () => {
    await declare({ type: "number", label: "Size" })
    const { id } = await person({ custom: { size: 42 } })
    await owner.patch(`/people/${id}`, { custom: { size: 43 } })
    const [latest] = (await owner.get(`/people/${id}/timeline`)).body.data
    expect(latest.data.changes).toEqual([{ field: "custom.size", from: 42, to: 43 }])
  })
  it("undoes a bulk edit of an own field, and keeps what was changed since", async () => {
    await declare({ type: "number", label: "Size" })
    const one = await person({ name: "One", custom: { size: 1 } })
    const two = await person({ name: "Two", custom: { size: 2 } })
    const bulk = await owner.post("/people/bulk", {
      ids: [one.id, two.id],
      action: "update",
      input: { values: { custom: { size: 9 } } },
    })
    expect(bulk.status, bulk.text).toBe(202)
    await app.drain()
    expect(await namesOf({ filter: { field: "custom.size", op: "is", value: 9 } })).toHaveLength(2)
    await owner.patch(`/people/${two.id}`, { custom: { size: 7 } })
    await owner.post(`/operations/${bulk.body.data.operationId}/undo`)
    await app.drain()
    expect((await read(one.id)).custom.size).toBe(1)
    expect((await read(two.id)).custom.size).toBe(7)
    expect(await namesOf({ filter: { field: "custom.size", op: "is", value: 1 } })).toEqual(["One"])
    const bad = await owner.post("/people/bulk", {
      ids: [one.id],
      action: "update",
      input: { values: { custom: { size: "x" } } },
    })
    expect(bad.body.errors[0].path).toBe("custom.size")
  })
})
