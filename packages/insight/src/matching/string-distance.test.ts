import { expect, test } from "vitest"
import { isWithinEdits, jaroWinkler } from "./string-distance.ts"

// The examples of Winkler's report (1990) and of Jaro's paper.
test.each([
  ["martha", "marhta", 0.9611],
  ["dwayne", "duane", 0.84],
  ["dixon", "dicksonx", 0.8133],
  ["same", "same", 1],
  ["abc", "xyz", 0],
  ["", "a", 0],
])("Jaro-Winkler of %s and %s is %d", (one, other, expected) => {
  expect(jaroWinkler(one, other)).toBeCloseTo(expected, 4)
  expect(jaroWinkler(other, one)).toBeCloseTo(expected, 4)
})
test("Texts of any length compare", () => {
  expect(jaroWinkler("a".repeat(5000), `${"a".repeat(5000)}b`)).toBeGreaterThan(0.99)
})

test.each([
  ["anna", "anna", 0],
  ["anna", "ana", 1],
  ["anna", "anja", 1],
  ["anna", "naan", 2],
  ["schmidt", "shcmidt", 1],
  ["schmidt", "schmitt", 1],
  ["19710624", "19170624", 1],
  ["robert", "rupert", 2],
  ["lisa", "lisbeth", 4],
])("From %s to %s it takes %d slips", (one, other, slips) => {
  for (const limit of [1, 2, 3]) {
    expect(isWithinEdits(one, other, limit)).toBe(slips <= limit)
    expect(isWithinEdits(other, one, limit)).toBe(slips <= limit)
  }
})
