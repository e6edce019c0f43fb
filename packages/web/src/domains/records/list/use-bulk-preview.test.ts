import { expect, it } from "vitest"
import { together } from "./use-bulk-preview.ts"

it("counts all parts of a selection that takes several requests", () => {
  const left = (id: string) => ({ id, entity: "people", name: id, fields: ["name"], reason: "required" })
  const part = { total: 10_000, changed: 9_998, refusedCount: 1, refused: [left("a")], isWhole: true }
  const last = { total: 5, changed: 3, refusedCount: 2, refused: [left("b"), left("c")], isWhole: true }
  expect(together([part, part, last])).toEqual({
    total: 20_005,
    changed: 19_999,
    refusedCount: 4,
    refused: [left("a"), left("a"), left("b"), left("c")],
    isWhole: true,
  })
  expect(together([part, { ...last, isWhole: false }]).isWhole).toBe(false)
})
