import { expect, test } from "vitest"
import { levelBetween } from "../../testing/levels.ts"
import { comparePhones, phoneKeys } from "./phones.ts"

const phone = comparePhones<string[]>("phone", (numbers) => numbers)

test.each([
  ["+49 761 123456", "+49761123456", "same"],
  ["+49 761 123456", "0049 (761) 12 34 56", "same"],
  ["+49 761 123456", "0761/123456", "sameEnding"],
  ["+49 761 123456", "+49 761 123465", "similar"],
  ["+49 761 123456", "+49 761 998877", "different"],
  ["+49 761 123456", "12", "unknown"],
])("%s and %s: %s", (one, other, level) => {
  expect(levelBetween(phone, [one], [other])).toBe(level)
})
test("Of several numbers the most alike two count", () => {
  expect(levelBetween(phone, ["+34958111222", "+49761123456"], ["+49761123456", "+34600111222"])).toBe("same")
})
test("A number is looked for with and without its country", () => {
  expect(phoneKeys(["+49 761 123456"])).toEqual(phoneKeys(["0761 123456"]))
  expect(phoneKeys(["110"])).toEqual([])
})
