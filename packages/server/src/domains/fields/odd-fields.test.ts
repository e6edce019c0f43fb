import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp } from "../../../testing/app.ts"

let app: TestApp
let owner: Client
beforeAll(async () => {
  app = await startTestApp()
})
beforeEach(async () => {
  owner = (await app.workspace()).owner
})
afterAll(() => app.close())

async function declare(field: object): Promise<{ id: string; key: string }> {
  const answer = await owner.post("/fields", { entity: "people", ...field })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data
}
async function person(values: object): Promise<{ id: string; custom: Record<string, unknown> }> {
  const answer = await owner.post("/people", { name: "Somebody", ...values })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data
}
const colours = [{ label: "Dark red" }, { label: "Blue" }]

it("an own choice sorts and pages to its end, the empty ones last in both directions", async () => {
  const { key } = await declare({ type: "choice", label: "Colour", options: { choices: colours } })
  for (const [name, colour] of [
    ["A", "blue"],
    ["B", null],
    ["C", "darkRed"],
    ["D", null],
  ] as const)
    await person({ name, custom: { [key]: colour } })
  for (const [sort, names] of [
    [`custom.${key}`, "CABD"],
    [`-custom.${key}`, "ACBD"],
  ] as const) {
    const paged: string[] = []
    for (let cursor: string | undefined; paged.length < 9; ) {
      const { body } = await owner.post("/people/query", {
        sort: [sort],
        limit: 1,
        ...(cursor && { cursor }),
      })
      paged.push(...body.data.map(({ name }: { name: string }) => name))
      if (!body.page.next) break
      cursor = body.page.next
    }
    expect(paged.slice(0, 2).join("")).toBe(names.slice(0, 2))
    expect(paged.slice(2).toSorted()).toEqual(["B", "D"])
    const { data } = (await owner.post("/people/query", { sort: [sort, "name"] })).body
    expect(data.map(({ name }: { name: string }) => name).join("")).toBe(names)
  }
})

it("a day and a moment become each other in the workspace's zone", async () => {
  await owner.patch("/workspace", { timeZone: "Asia/Tokyo" })
  const [moment, day] = [
    await declare({ type: "dateTime", label: "Moment" }),
    await declare({ type: "date", label: "Day" }),
  ]
  const custom = { [moment.key]: "2026-03-01T20:00:00.000Z", [day.key]: "2026-03-02" }
  const { id } = await person({ custom })
  for (const [field, type] of [
    [moment, "date"],
    [day, "dateTime"],
  ] as const)
    expect((await owner.patch(`/fields/${field.id}`, { type })).status).toBe(200)
  expect((await owner.get(`/people/${id}`)).body.data.custom).toEqual({
    [moment.key]: "2026-03-02",
    [day.key]: "2026-03-01T15:00:00.000Z",
  })
})

it.each(["Constructor", "Value of", "To string"])(
  "named %s, like a part of every object, works as others do",
  async (label) => {
    const { key } = await declare({ type: "text", label })
    const { id, custom } = await person({})
    expect(custom).toEqual({ [key]: null })
    expect((await owner.patch(`/people/${id}`, { custom: { [key]: "x" } })).body.data.custom).toEqual({
      [key]: "x",
    })
    const given = await owner.post("/fields", { entity: "people", type: "text", label, key: "constructor" })
    expect(given.status).toBe(422)
  },
)

it("a number does not become a formula over itself", async () => {
  const { id, key } = await declare({ type: "number", label: "Size" })
  const answer = await owner.patch(`/fields/${id}`, {
    type: "formula",
    options: { formula: `custom.${key} + 1` },
  })
  expect(answer.status).toBe(409)
})
