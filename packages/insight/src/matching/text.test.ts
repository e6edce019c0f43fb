import { expect, test } from "vitest"
import { fold, plain, skeleton, wordsOf } from "./text.ts"

test("Case, accents and sharp s make no difference", () => {
  expect(fold("Größe ÑANDÚ Łódź")).toBe("grosse nandu lodz")
})
test("Apostrophes and abbreviation dots stay inside a word", () => {
  expect(wordsOf("O'Neil & Cía., S.L. 12b")).toEqual(["oneil", "cia", "sl", "12b"])
  expect(wordsOf(null)).toEqual([])
})
test("Umlauts and their two letters are one spelling", () => {
  expect(plain(fold("Mueller"))).toBe(plain(fold("Müller")))
})
test.each([
  ["meier", "mayer"],
  ["schmidt", "schmitt"],
  ["stephan", "stefan"],
  ["gonzalez", "gonzales"],
  ["katharina", "catarina"],
])("%s and %s sound alike", (one, other) => {
  expect(skeleton(one)[0] === skeleton(other)[0]).toBe(true)
  expect(skeleton(one)).toBe(skeleton(other))
})
test("What sounds different stays apart", () => {
  expect(skeleton("weber")).not.toBe(skeleton("wagner"))
})
