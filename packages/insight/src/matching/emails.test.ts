import { expect, test } from "vitest"
import { levelBetween } from "../../testing/levels.ts"
import { compareEmails, mailboxOf } from "./emails.ts"
import type { NameFields } from "./names.ts"

interface Owner extends NameFields {
  emails: string[]
}
const email = compareEmails<Owner>(
  "email",
  ({ emails }) => emails,
  (owner) => owner,
)
const of = (...emails: string[]): Owner => ({ emails, givenName: "Anna", familyName: "Müller" })

test.each([
  ["sunny12@web.de", "Sunny12@web.de", "same"],
  ["sunny12@web.de", "sunny12+shop@web.de", "sameMailbox"],
  ["sun.ny@gmail.com", "sunny@googlemail.com", "sameMailbox"],
  ["sun.ny@web.de", "sunny@web.de", "similar"],
  ["info@acme.de", "info@acme.de", "sharedMailbox"],
  ["info@acme.de", "sunny12@web.de", "unknown"],
  ["sunny12@hotmail.com", "sunny12@hotmial.com", "similar"],
  ["sunnyday@web.de", "sunnyday@gmx.de", "sameLocalPart"],
  ["sunny12@web.de", "rainy@web.de", "different"],
  ["sunny12@web.de", "none", "unknown"],
])("%s and %s: %s", (one, other, level) => {
  expect(levelBetween(email, of(one), of(other))).toBe(level)
})

// Two people called Anna Müller have such addresses, and so has one with two: that says no more than the name.
test.each([
  ["anna.mueller@gmx.de", "anna.mueller@web.de", "unknown"],
  ["anna.mueller1@gmx.de", "anna.mueller7@gmx.de", "unknown"],
  ["anna.mueller57@gmx.de", "anna.mueller57@web.de", "sameLocalPart"],
  ["anna.mueller57@gmx.de", "ana.mueller57@gmx.de", "similar"],
  ["anna.mueller@gmx.de", "anna.mueller@gmx.de", "same"],
])("Made of a name, %s and %s: %s", (one, other, level) => {
  expect(levelBetween(email, of(one), of(other))).toBe(level)
})

test("An address is taken apart at its last @", () => {
  expect(mailboxOf(" A.B+x@GMail.com ")).toMatchObject({
    address: "a.b+x@gmail.com",
    delivered: "ab@gmail.com",
  })
  expect(mailboxOf("+x@web.de")?.local).toBe("+x")
  expect(mailboxOf("@web.de")).toBeUndefined()
})
