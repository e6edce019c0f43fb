import { afterAll, beforeAll, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
  const born = { Anna: [3, 1, 1990], Ben: [2, 29, 1992], Cleo: [12, 31, 1950] } as const
  const rows = Object.entries(born).map(([name, [month, day, year]]) => ({
    name,
    birthday: { month, day, year },
  }))
  expect((await shop.owner.post("/people/batch", { rows })).body.data).toHaveLength(3)
})
afterAll(() => app.close())

it.each([
  [
    ["2027-02-01", "2027-03-01"],
    ["Anna", "Ben"],
  ],
  [["2027-03-01", "2027-03-31"], ["Anna"]],
  [["2028-02-28", "2028-02-28"], []],
  [["2028-02-29", "2028-02-29"], ["Ben"]],
  [["2027-12-31", "2028-01-01"], ["Cleo"]],
])("birthdays between two days, both among them: %j", async (value, names) => {
  const filter = { field: "birthday", op: "between", value }
  const answer = await shop.owner.post("/people/query", { filter, sort: ["name"] })
  expect(answer.body.data.map(({ name }: { name: string }) => name)).toEqual(names)
})
it.each([[["2027-02-01"]], [["2027-02-01", "soon"]], ["2027-02-01"], [null]])(
  "what is no two days is refused: %j",
  async (value) => {
    const filter = { field: "birthday", op: "between", value }
    const answer = await shop.owner.post("/people/query", { filter })
    expect([answer.status, answer.body.errors?.[0]?.code]).toEqual([422, "invalid_value"])
  },
)
