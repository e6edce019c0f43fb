import { describe, expect, it } from "vitest"
import { keepPlace, moveBy } from "./grid-navigation.ts"

const size = { rows: 100, columns: 4, page: 20 }
const press = (key: string, shiftKey = false) => ({ key, shiftKey, ctrlKey: false, metaKey: false })
const from = (row: number, column: number) => ({ row, column })

describe("keys in the grid", () => {
  it("move one cell and stop at the edges", () => {
    expect(moveBy(from(0, 1), press("ArrowDown"), size)).toEqual(from(1, 1))
    expect(moveBy(from(99, 1), press("ArrowDown"), size)).toEqual(from(99, 1))
    expect(moveBy(from(5, 3), press("ArrowRight"), size)).toEqual(from(5, 3))
  })
  it("follow the reading direction", () => {
    expect(moveBy(from(5, 2), press("ArrowRight"), size, true)).toEqual(from(5, 1))
  })
  it("jump to the ends and by pages", () => {
    expect(moveBy(from(5, 2), press("End"), size)).toEqual(from(99, 2))
    expect(moveBy(from(5, 2), press("Home"), size)).toEqual(from(0, 2))
    expect(moveBy(from(5, 2), press("PageDown"), size)).toEqual(from(25, 2))
  })
  it("let Tab out of the grid at the end of a row, forwards and backwards", () => {
    expect(moveBy(from(5, 2), press("Tab"), size)).toEqual(from(5, 3))
    expect(moveBy(from(5, 3), press("Tab"), size)).toBeUndefined()
    expect(moveBy(from(5, 0), press("Tab", true), size)).toBeUndefined()
  })
})
describe("place of a list that changes", () => {
  const before = ["a", "b", "c", "d"]
  it("follows the row at the top", () => {
    expect(keepPlace(before, ["new", "a", "b", "c", "d"], 2)).toBe(3)
    expect(keepPlace(before, ["b", "c", "d"], 2)).toBe(1)
  })
  it("follows the next row when the top one is gone", () => {
    expect(keepPlace(before, ["x", "y", "d"], 2)).toBe(1)
  })
  it("stays within a list that became short", () => {
    expect(keepPlace(before, ["z"], 3)).toBe(0)
  })
})
