import { expect, test } from "vitest"
import { levelBetween } from "../../testing/levels.ts"
import { compareFamilyNames, compareGivenNames, type NameFields } from "./names.ts"

const given = compareGivenNames<NameFields>("givenName", (person) => person)
const family = compareFamilyNames<NameFields>("familyName", (person) => person)
const named = (givenName: string, familyName = ""): NameFields => ({ givenName, familyName })

test.each([
  ["Anna", "ANNA", "same"],
  ["José", "Jose", "same"],
  ["Jürgen", "Juergen", "same"],
  ["Dr. Anna", "Anna", "same"],
  ["Robert", "Bob", "nickname"],
  ["Lisa", "Elisabeth", "nickname"],
  ["Francisco", "Paco", "nickname"],
  ["Anna", "Annie", "nickname"],
  ["Thomas", "Thmoas", "similar"],
  ["James", "Jaes", "similar"],
  ["Christina", "Christoph", "close"],
  ["T.", "Thomas", "initial"],
  ["Anna", "Anna Maria", "part"],
  ["Anna", "Thomas", "different"],
  ["Anna", "", "unknown"],
])("Given names %s and %s: %s", (one, other, level) => {
  expect(levelBetween(given, named(one, "Schmidt"), named(other, "Schmidt"))).toBe(level)
})

test.each([
  ["Müller", "Mueller", "same"],
  ["García", "Garcia", "same"],
  ["O'Neil", "ONeil", "same"],
  ["Schmidt", "Schmitd", "similar"],
  ["García", "García López", "part"],
  ["Hoffmann", "Hoffner", "close"],
  ["Weber", "Wagner", "different"],
  ["Weber", "", "unknown"],
])("Family names %s and %s: %s", (one, other, level) => {
  expect(levelBetween(family, named("Anna", one), named("Anna", other))).toBe(level)
})

test("Given and family name in each other's place count once", () => {
  const [right, wrong] = [named("Anna", "Schneider"), named("Schneidr", "Anna")]
  expect(levelBetween(given, right, wrong)).toBe("swapped")
  expect(levelBetween(family, right, wrong)).toBe("unknown")
})

test("A whole name stands for its parts, in either order", () => {
  const parts = named("Anna Maria", "Schmidt")
  for (const name of ["Schmidt, Anna Maria", "Frau Anna Maria Schmidt", "Anna Schmidt"]) {
    expect(["same", "part"]).toContain(levelBetween(given, { name }, parts))
    expect(["same", "part"]).toContain(levelBetween(family, { name }, parts))
  }
})
