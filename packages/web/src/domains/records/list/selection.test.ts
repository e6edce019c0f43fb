import { describe, expect, it } from "vitest"
import {
  bulkTargets,
  extend,
  keepSelected,
  nothingSelected,
  selectAll,
  shareOf,
  toggle,
  toggleAll,
} from "./selection.ts"

const ids = ["a", "b", "c", "d", "e"]
const chosen = (selection: { ids: ReadonlySet<string> }) => [...selection.ids].sort().join("")

describe("selection", () => {
  it("is put on and off by the same key", () => {
    const one = toggle(nothingSelected, ids, 1)
    expect(chosen(one)).toBe("b")
    expect(chosen(toggle(one, ids, 1))).toBe("")
  })
  it("grows and shrinks with the range drawn from its anchor", () => {
    const start = toggle(nothingSelected, ids, 1)
    const grown = extend(start, ids, { from: 1, to: 4 })
    expect(chosen(grown)).toBe("bcde")
    expect(chosen(extend(grown, ids, { from: 4, to: 2 }))).toBe("bc")
    expect(chosen(extend(grown, ids, { from: 4, to: 0 }))).toBe("ab")
  })
  it("begins a range where the focus was when nothing was selected", () => {
    expect(chosen(extend(nothingSelected, ids, { from: 2, to: 3 }))).toBe("cd")
  })
  it("draws no range from a row that stands in another part of the list", () => {
    const other = toggle(nothingSelected, ["x", "y", "z"], 0)
    expect(chosen(extend(other, ids, { from: 3, to: 1 }))).toBe("bcdx")
    // Nor from the place where the anchor stood before the list changed.
    expect(chosen(extend(toggle(nothingSelected, ids, 3), ["d", "e", "c"], { from: 0, to: 1 }))).toBe("de")
  })
  it("takes a part of the list beside what is selected elsewhere, and lets go of it again", () => {
    const other = selectAll(["x"])
    const part = ["a", "b"]
    expect([shareOf(nothingSelected, part), shareOf(other, part)]).toEqual(["none", "none"])
    expect(shareOf(selectAll(["x", "b"]), part)).toBe("some")
    const all = toggleAll(selectAll(["x", "b"]), part)
    expect([chosen(all), shareOf(all, part)]).toEqual(["abx", "all"])
    expect(chosen(toggleAll(all, part))).toBe("x")
  })
  it("loses what is no longer in the list", () => {
    expect(chosen(keepSelected(selectAll(ids), ["b", "e", "f"]))).toBe("be")
  })
})
describe("bulk requests", () => {
  const many = Array.from({ length: 10_001 }, (_, index) => String(index))
  it("name the records while that is possible", () => {
    expect(bulkTargets(new Set(["a", "b"]), 2, { search: "x" })).toEqual([{ ids: ["a", "b"] }])
  })
  it("go by the filter when everything of a long list is selected", () => {
    expect(bulkTargets(new Set(many), many.length, { search: "x" })).toEqual([{ filter: { search: "x" } }])
    expect(bulkTargets(new Set(many), many.length, undefined)).toEqual([{ filter: { all: [] } }])
  })
  it("come in parts when a part of a longer list is selected, and never by the filter", () => {
    const parts = bulkTargets(new Set(many), 20_000, { search: "x" })
    expect(parts.map((part) => ("ids" in part ? part.ids.length : "filter"))).toEqual([10_000, 1])
  })
})
