import { expect, test } from "vitest"
import { levelBetween } from "../../testing/levels.ts"
import { compareCompanyNames, compareDomains } from "./companies.ts"

const name = compareCompanyNames<string>("name", (text) => text)
const domain = compareDomains<string[]>("domain", (domains) => domains)

test.each([
  ["Bäckerei Huber GmbH & Co. KG", "Baeckerei Huber", "same"],
  ["Ferretería Sol, S.L.", "Ferreteria Sol SL", "same"],
  ["Acme Inc.", "ACME Limited", "same"],
  ["AG", "AG", "same"],
  ["Bäckerei Huber", "Bäckerei Hubr", "similar"],
  ["Bäckerei Huber", "Huber", "part"],
  ["Bayerische Motoren Werke AG", "BMW", "initials"],
  ["Bäckerei Huber", "Metzgerei Lang", "different"],
  ["Bäckerei Huber", "", "unknown"],
])("%s and %s: %s", (one, other, level) => {
  expect(levelBetween(name, one, other)).toBe(level)
})
test.each([
  ["acme.de", "https://www.ACME.de/about", "same"],
  ["acme.de", "acme.co.uk", "otherEnding"],
  ["baeckerei-huber.de", "baeckerei-hubr.de", "similar"],
  ["acme.de", "huber.de", "different"],
  ["gmail.com", "gmail.com", "unknown"],
])("Domains %s and %s: %s", (one, other, level) => {
  expect(levelBetween(domain, [one], [other])).toBe(level)
})
