import { describe, expect, it } from "vitest"
import { nextSort, viewFilter } from "./list-state.ts"

describe("order", () => {
  it("goes up, down, and back to the list's own", () => {
    expect(nextSort(null, "name")).toEqual(["name"])
    expect(nextSort(["name"], "name")).toEqual(["-name"])
    expect(nextSort(["-name"], "name")).toBeNull()
    expect(nextSort(["-name"], "createdAt")).toEqual(["createdAt"])
  })
})
describe("filter of a view", () => {
  it("joins the words searched for and the conditions", () => {
    expect(viewFilter("  ", null)).toBeUndefined()
    expect(viewFilter(" ana ", null)).toEqual({ search: "ana" })
    expect(viewFilter("ana", { any: [] })).toEqual({ all: [{ search: "ana" }, { any: [] }] })
  })
})
