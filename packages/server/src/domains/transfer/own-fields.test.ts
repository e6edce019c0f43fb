import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { TestWorkspace } from "../../../testing/app.ts"
import { runImport } from "./run-import.ts"
import { startTransferApp, type TransferApp, upload } from "./testing/transfer-app.ts"

let app: TransferApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTransferApp()
})
beforeEach(async () => {
  shop = await app.workspace()
})
afterAll(() => app.close())

async function declare(field: object, workspace = shop): Promise<string> {
  const answer = await workspace.owner.post("/fields", { entity: "people", ...field })
  expect(answer.status, answer.text).toBe(201)
  return answer.body.data.id
}
const choices = [{ label: "Oat milk" }, { label: "Soy; fresh" }]
const all: [label: string, type: string, options: object, value: unknown][] = [
  ["Note on cups", "text", {}, "tall; no lid"],
  ["Story", "longText", {}, "a\nb"],
  ["Shoe size", "number", {}, 42.5],
  ["Discount", "percent", {}, 12.5],
  ["Budget", "money", { currency: "EUR" }, { amount: 129_950, currency: "USD" }],
  ["Since", "date", {}, "2025-02-03"],
  ["Seen", "dateTime", {}, "2026-03-01T08:00:00.000Z"],
  ["Club", "boolean", {}, false],
  ["Milk", "choice", { choices }, "oatMilk"],
  ["Milks", "choices", { choices }, ["soyFresh", "oatMilk"]],
  ["Blog", "url", {}, "https://example.com/a"],
  ["Second address", "email", {}, "ana@example.com"],
  ["Shop phone", "phone", {}, "+49301234567"],
  ["Stars", "rating", {}, 4],
]
async function declareAll(workspace: TestWorkspace): Promise<void> {
  for (const [label, type, options] of all) await declare({ label, type, options }, workspace)
}
async function custom(values: [string, unknown][], workspace: TestWorkspace) {
  const { data } = (await workspace.owner.get("/fields")).body
  const keyOf = (label: string) => data.find((field: { label: string }) => field.label === label).key
  return Object.fromEntries(values.map(([label, value]) => [keyOf(label), value]))
}
const values = all.map(([label, , , value]): [string, unknown] => [label, value])

describe("own fields of every type", () => {
  it.each(["keys", "labels"])(
    "exported with %s change nothing when imported again, and fill another workspace",
    async (header) => {
      await declareAll(shop)
      const made = await shop.owner.post("/people", { name: "Ana Soto", custom: await custom(values, shop) })
      expect(made.status, made.text).toBe(201)
      await shop.owner.post("/people", { name: "Ben Hill" })
      await shop.owner.patch("/members/me", { language: header === "labels" ? "de" : "en" })
      const before = await app.records(shop, "people")
      const csv = (await shop.owner.get(`/export?entity=people&header=${header}`)).text
      expect(csv.split("\n")[0]).toContain(header === "labels" ? "Shoe size" : "custom.shoeSize")
      const { checked, result } = await app.importFile(shop, csv)
      expect(checked).toMatchObject({ problems: [] })
      expect(result.counts).toMatchObject({ rows: 2, unchanged: 2 })
      expect(await app.records(shop, "people")).toEqual(before)

      const other = await app.workspace()
      await declareAll(other)
      await app.importFile(other, csv)
      const [ana] = (await other.owner.post("/people/query", { filter: { search: "ana" } })).body.data
      expect(ana.custom).toEqual(made.body.data.custom)
    },
  )
})

describe("a file from elsewhere", () => {
  it("is mapped to own fields by their names, and read as their types", async () => {
    await declareAll(shop)
    const csv = [
      "Name;Shoe size;Budget;Since;Club;Milk;Milks;Stars",
      "Ana Soto;42,5;1.299,50 €;3.2.2025;ja;OAT MILK;oat milk, oat milk;5",
      "Ben Hill;groß;;;;;;",
    ].join("\n")
    const { id } = (await upload(shop.owner, csv, { entity: "people" })).body.data
    const columns = (await shop.owner.get(`/imports/${id}`)).body.data.columns
    expect(columns.map(({ target }: { target: { field: string } }) => target.field)).toEqual([
      "name",
      "custom.shoeSize",
      "custom.budget",
      "custom.since",
      "custom.club",
      "custom.milk",
      "custom.milks",
      "custom.stars",
    ])
    const { result } = await app.importFile(shop, csv, { entity: "people" })
    expect(result.counts).toMatchObject({ created: 1, refused: 1 })
    expect(result.problems).toEqual([
      expect.objectContaining({ line: 3, code: "number_invalid", value: "groß" }),
    ])
    const [ana] = (await shop.owner.post("/people/query", {})).body.data
    expect(ana.custom).toMatchObject({
      shoeSize: 42.5,
      budget: { amount: 129_950, currency: "EUR" },
      since: "2025-02-03",
      club: true,
      milk: "oatMilk",
      milks: ["oatMilk"],
      stars: 5,
    })
  })
  it("loses only the rows whose values a field refuses", async () => {
    await declare({ label: "Card", type: "text", unique: true })
    await declare({ label: "Milk", type: "text", required: "stages", stages: ["customer"] })
    await shop.owner.post("/people", { name: "Old", custom: { card: "1" } })
    const csv = [
      "Name,Card,Milk,Lifecycle",
      "Ana Soto,1,,",
      "Ben Hill,2,,",
      "Clara Vogt,2,,",
      "Dora Lind,3,,customer",
      "Emil Kern,4,Oat,customer",
    ].join("\n")
    const { checked, result } = await app.importFile(shop, csv)
    expect(checked.counts).toMatchObject({ created: 2, refused: 3 })
    expect(result.counts).toMatchObject({ rows: 5, created: 2, refused: 3 })
    expect(checked.problems.map(({ code }: { code: string }) => code).sort()).toEqual([
      "not_unique",
      "not_unique",
      "required",
    ])
    const found = (await shop.owner.post("/people/query", { sort: ["custom.card"] })).body.data
    expect(found.map(({ name }: { name: string }) => name)).toEqual(["Old", "Ben Hill", "Emil Kern"])
  })
})

it("an import goes on by a field's new declaration when its type changes between two chunks", async () => {
  const fieldId = await declare({ type: "text", label: "Shoe size" })
  const rows = Array.from({ length: 1500 }, (_, index) => `P ${index},${index}`)
  const { id } = (await upload(shop.owner, ["Name,Shoe size", ...rows].join("\n"))).body.data
  expect((await shop.owner.post(`/imports/${id}/run`)).status).toBe(202)
  expect(await runImport(app.services, shop.id, id, { milliseconds: 0 })).toBe(true)
  const changed = await shop.owner.patch(`/fields/${fieldId}`, { type: "number" })
  expect(changed.status, changed.text).toBe(200)
  await app.drain()
  expect((await shop.owner.get(`/imports/${id}`)).body.data).toMatchObject({
    status: "done",
    counts: { created: 1500, refused: 0 },
  })
  const filter = { field: "custom.shoeSize", op: "atLeast", value: 998 }
  const { body } = await shop.owner.post("/people/query", { filter, sort: ["custom.shoeSize"], limit: 200 })
  expect(body.data.slice(0, 3).map(({ custom }: { custom: object }) => custom)).toEqual(
    [998, 999, 1000].map((number) => ({ shoeSize: number })),
  )
})
