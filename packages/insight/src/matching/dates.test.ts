import { expect, test } from "vitest"
import { levelBetween } from "../../testing/levels.ts"
import { compareDates } from "./dates.ts"

const birthday = compareDates<string | null>("birthday", (text) => text)

test.each([
  ["1971-06-24", "19710624", "same"],
  ["--06-24", "--06-24", "same"],
  ["--06-24", "1971-06-24", "sameDay"],
  ["--06-24", "1971-06-25", "different"],
  ["1971-04-06", "1971-06-04", "swapped"],
  ["1971-06-24", "1971-06-29", "similar"],
  ["1971-06-24", "1917-06-24", "similar"],
  ["1971-06-24", "1971-06-13", "nearly"],
  ["1971-06-24", "1988-06-24", "nearly"],
  ["1971-06-24", "1971-11-13", "different"],
  ["1971-06-24", "", "unknown"],
  ["1971-06-24", "in June", "unknown"],
])("%s and %s: %s", (one, other, level) => {
  expect(levelBetween(birthday, one, other)).toBe(level)
})
