import { afterAll, beforeAll, expect, it } from "vitest"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

let app: TestApp
let shop: TestWorkspace
beforeAll(async () => {
  app = await startTestApp()
  shop = await app.workspace()
  const rows = Object.entries({
    Berlin: "+49 30 123456",
    Madrid: "+34 912 345 678",
    Mobile: "+49 171 3012345",
    Porter: "12 ask for Ana",
  }).map(([name, number]) => ({ name, phones: [{ number }] }))
  const { data } = (await shop.owner.post("/people/batch", { rows: [...rows, { name: "None" }] })).body
  expect(data).toHaveLength(5)
})
afterAll(() => app.close())

const everybody = ["Berlin", "Madrid", "Mobile", "None", "Porter"]
it.each([
  ["contains", "abc", []],
  ["contains", "030 123", ["Berlin"]],
  ["contains", "(030) 123-4", ["Berlin"]],
  ["contains", "0049 30", ["Berlin"]],
  ["contains", "+49 (0)30", ["Berlin"]],
  ["contains", "23456", ["Berlin", "Madrid"]],
  ["contains", "12", everybody.filter((name) => name !== "None")],
  ["startsWith", "030", ["Berlin"]],
  ["startsWith", "+49", ["Berlin", "Mobile"]],
  ["startsWith", "x", []],
  ["is", "030 123456", ["Berlin"]],
  ["is", "+4930123456", ["Berlin"]],
  ["is", "030 12345", []],
  ["isAnyOf", ["030 123456", "912345678", "0034912345678"], ["Berlin", "Madrid"]],
  ["isNoneOf", ["030 123456"], ["Madrid", "Mobile", "None", "Porter"]],
] as const)("phones that %s %j are found as people type them", async (op, value, found) => {
  const answer = await shop.owner.post("/people/query", {
    filter: { field: "phones", op, value },
    sort: ["name"],
  })
  expect(answer.body.data.map(({ name }: { name: string }) => name)).toEqual(found)
})
