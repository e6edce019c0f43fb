import { expect, it } from "vitest"
import { neighboursIn } from "./neighbours.ts"

it("finds who comes before and after in the list's order", () => {
  const ids = JSON.stringify(["a", "b", "c"])
  expect(neighboursIn(ids, "b")).toEqual({ previous: "a", next: "c", place: 2, count: 3 })
  expect(neighboursIn(ids, "a")).toEqual({ previous: undefined, next: "b", place: 1, count: 3 })
  expect(neighboursIn(JSON.stringify({ ids: ["a", "b"] }), "b")?.previous).toBe("a")
})
it("knows no neighbours of a record that was not opened from a list", () => {
  expect(neighboursIn(JSON.stringify(["a", "b"]), "z")).toBeUndefined()
  expect(neighboursIn(null, "a")).toBeUndefined()
  expect(neighboursIn("{broken", "a")).toBeUndefined()
  expect(neighboursIn("null", "a")).toBeUndefined()
  expect(neighboursIn(JSON.stringify(["a"]), "a")).toBeUndefined()
})
