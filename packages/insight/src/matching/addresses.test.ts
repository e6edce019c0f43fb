import { expect, test } from "vitest"
import { levelBetween } from "../../testing/levels.ts"
import {
  type AddressFields,
  compareCities,
  comparePostalCodes,
  compareStreets,
  houseKeys,
} from "./addresses.ts"

const street = compareStreets<AddressFields[]>("street", (addresses) => addresses)
const code = comparePostalCodes<AddressFields[]>("postalCode", (addresses) => addresses)
const city = compareCities<AddressFields[]>("city", (addresses) => addresses)

test.each([
  ["Hauptstraße 5", "Hauptstr. 5", "same"],
  ["Hauptstrasse 5", "5 Hauptstraße", "same"],
  ["12 Church Road", "12 church rd", "same"],
  ["Calle Mayor 3, 2º", "C/ Mayor 3 2º", "same"],
  ["Lindenallee 7", "Lindenalee 7", "similar"],
  ["Lindenallee 7", "Lindenallee", "sameStreet"],
  ["Lindenallee 7", "Lindenallee 8", "otherNumber"],
  ["Lindenallee 7", "Rosenweg 7", "different"],
  ["Lindenallee 7", "", "unknown"],
])("Streets %s and %s: %s", (one, other, level) => {
  expect(levelBetween(street, [{ street: one }], [{ street: other }])).toBe(level)
})
test.each([
  ["79098", "79098", "same"],
  ["SW1A 1AA", "sw1a1aa", "same"],
  ["79098", "79089", "similar"],
  ["79098", "80331", "different"],
  ["79098", "", "unknown"],
])("Postal codes %s and %s: %s", (one, other, level) => {
  expect(levelBetween(code, [{ postalCode: one }], [{ postalCode: other }])).toBe(level)
})
test.each([
  ["Lörrach", "Loerrach", "same"],
  ["London", "Lonon", "similar"],
  ["London", "Leeds", "different"],
  ["London", "", "unknown"],
])("Towns %s and %s: %s", (one, other, level) => {
  expect(levelBetween(city, [{ city: one }], [{ city: other }])).toBe(level)
})
test("The town adds nothing to the same postal code", () => {
  const [one, other] = [
    { city: "Freiburg", postalCode: "79098" },
    { city: "Freiburg", postalCode: "79098" },
  ]
  expect(levelBetween(city, [one], [other])).toBe("unknown")
})
test("Of several addresses the most alike two count", () => {
  const [home, work] = [{ street: "Lindenallee 7" }, { street: "Rosenweg 1" }]
  expect(levelBetween(street, [home, work], [{ street: "Hauptstr. 1" }, home])).toBe("same")
})
test("A house is found when its street has a slip in one word", () => {
  const keys = houseKeys({ addresses: [{ street: "Calle del Sol Nuevo 4", city: "Granada" }] })
  const others = houseKeys({ addresses: [{ street: "C/ del Sol Neuvbo 4", city: "Granada" }] })
  expect(keys.some((key) => others.includes(key))).toBe(true)
})
