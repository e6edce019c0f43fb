import { expect, test } from "vitest"
import { baseVersion, type OwnWrites, rememberWrite } from "./own-writes.ts"

const ada = "people.ada"

test("a field written twice in a row from the same state of the page does not clash with itself", () => {
  const own: OwnWrites = new Map()
  rememberWrite(own, ada, ["notes"], { from: 3, to: 5 })
  expect(baseVersion(own, ada, ["notes"], 3)).toBe(5)
  rememberWrite(own, ada, ["notes"], { from: 5, to: 6 })
  expect(baseVersion(own, ada, ["notes"], 3)).toBe(6)
})

test("what others may have written is never skipped: other fields, other records, later versions", () => {
  const own: OwnWrites = new Map()
  rememberWrite(own, ada, ["notes"], { from: 3, to: 5 })
  expect(baseVersion(own, ada, ["jobTitle"], 3)).toBe(3)
  expect(baseVersion(own, ada, ["jobTitle", "notes"], 3)).toBe(3)
  expect(baseVersion(own, "people.ben", ["notes"], 3)).toBe(3)
  expect(baseVersion(own, ada, ["notes"], 2)).toBe(2)
  expect(baseVersion(own, ada, ["notes"], 7)).toBe(7)
})

test("a write after somebody else's begins anew", () => {
  const own: OwnWrites = new Map()
  rememberWrite(own, ada, ["notes"], { from: 3, to: 4 })
  rememberWrite(own, ada, ["notes"], { from: 6, to: 7 })
  expect(baseVersion(own, ada, ["notes"], 3)).toBe(3)
  expect(baseVersion(own, ada, ["notes"], 6)).toBe(7)
})
