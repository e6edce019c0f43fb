import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Client, startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"
import { roleFor } from "../access/testing.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
  const field = async (values: object) => {
    const answer = await shop.owner.post("/fields", { entity: "companies", ...values })
    expect(answer.status, answer.text).toBe(201)
    return answer.body.data.key as string
  }
  budget = `custom.${await field({ label: "Budget", type: "money", options: { currency: "EUR" } })}`
  score = `custom.${await field({ label: "Score", type: "number" })}`
  since = `custom.${await field({ label: "Since", type: "date" })}`
  const [money, number, date] = [budget, score, since].map((key) => key.replace("custom.", "")) as [
    string,
    string,
    string,
  ]
  const company = (name: string, values: object, custom: object) =>
    shop.owner.post("/companies", { name, ...values, custom })
  const euros = (amount: number) => ({ [money]: { amount, currency: "EUR" } })
  await company(
    "A",
    { size: 10, tags: ["north", "big"], lifecycleStage: "regular" },
    { ...euros(1000), [date]: "2026-01-05" },
  )
  await company(
    "B",
    { size: 30, tags: ["north"], lifecycleStage: "lead" },
    { ...euros(500), [number]: 1.5, [date]: "2026-01-31" },
  )
  await company(
    "C",
    { lifecycleStage: "lead" },
    { [money]: { amount: 900, currency: "JPY" }, [date]: "2026-02-01" },
  )
  await company("D", { size: 2, ownerId: shop.ownerId }, {})
})
afterAll(() => app.close())
let budget = ""
let score = ""
let since = ""

async function groups(body: object, by: Client = shop.owner) {
  const answer = await by.post("/companies/groups", body)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}
const counts = (answer: { data: { value: unknown; count: number }[] }) =>
  answer.data.map(({ value, count }) => [value, count])

describe("what a list adds up to", () => {
  it("counts, adds up and averages the numbers that are there, amounts by currency, under the filter", async () => {
    const fields = ["size", budget, score]
    const { data } = (await shop.owner.post("/companies/aggregate", { fields })).body
    expect(data.count).toBe(4)
    expect(data.figures.size).toEqual([{ currency: null, count: 3, sum: 42, average: 14, min: 2, max: 30 }])
    expect(data.figures[budget]).toEqual([
      { currency: "EUR", count: 2, sum: 1500, average: 750, min: 500, max: 1000 },
      { currency: "JPY", count: 1, sum: 900, average: 900, min: 900, max: 900 },
    ])
    expect(data.figures[score]).toMatchObject([{ sum: 1.5, count: 1 }])
    const filter = { field: "name", op: "isAnyOf", value: ["C"] }
    const one = (await shop.owner.post("/companies/aggregate", { fields, filter })).body.data
    expect(one).toMatchObject({ count: 1, figures: { size: [] } })
    expect((await shop.owner.post("/companies/aggregate", { fields: ["name"] })).status).toBe(422)
  })

  it("groups by choice, tag, link and date; each group's filter finds as many as it counts", async () => {
    const stage = await groups({ by: "lifecycleStage", fields: ["size"] })
    expect(stage.data.find(({ value }: { value: string }) => value === "lead")).toMatchObject({
      count: 2,
      figures: { size: [{ sum: 30, count: 1 }] },
    })
    const tags = await groups({ by: "tags" })
    expect(counts(tags)).toEqual([
      ["north", 2],
      ["big", 1],
      [null, 2],
    ])
    expect(tags).toMatchObject({ total: 4, capped: false })
    const owner = await groups({ by: "ownerId" })
    expect(owner.included.members[shop.ownerId]).toEqual(expect.any(String))
    expect(counts(await groups({ by: since, period: "month" }))).toEqual([
      ["2026-02-01", 1],
      ["2026-01-01", 2],
      [null, 1],
    ])
    expect(counts(await groups({ by: since, period: "week" }))).toEqual([
      ["2026-01-26", 2],
      ["2026-01-05", 1],
      [null, 1],
    ])
    for (const by of ["lifecycleStage", "tags", "ownerId", since, "createdAt"])
      for (const period of ["day", "week", "month"])
        for (const { filter, count } of (await groups({ by, period })).data) {
          const found = (await shop.owner.post("/companies/query", { filter, count: "exact" })).body.count
          expect(found.value, `${by} ${JSON.stringify(filter)}`).toBe(count)
        }
    expect((await shop.owner.post("/companies/groups", { by: "name" })).status).toBe(422)
  })

  it("counts for nobody what they may not see, and knows no hidden field", async () => {
    const ben = await app.member(shop, "member")
    const roleId = await roleFor(shop.owner, "own", (rights) => {
      rights.entities.companies!.fields.size = "hidden"
    })
    await shop.owner.patch(`/members/${ben.memberId}`, { roleId })
    await ben.post("/companies", { name: "Ben's", tags: ["mine"] })
    expect(counts(await groups({ by: "tags" }, ben))).toEqual([["mine", 1]])
    expect((await groups({ by: "tags" }, ben)).total).toBe(1)
    expect((await ben.post("/companies/aggregate", { fields: [] })).body.data.count).toBe(1)
    expect((await ben.post("/companies/aggregate", { fields: ["size"] })).status).toBe(422)
  })
})
