import {
  type AddressFields,
  compareCities,
  comparePostalCodes,
  compareStreets,
  houseKeys,
  placesOf,
} from "./addresses.ts"
import type { BlockingRule } from "./blocking.ts"
import { companyNameOf, compareCompanyNames } from "./companies.ts"
import { compareDates, partsOf } from "./dates.ts"
import { compareEmails, mailboxOf } from "./emails.ts"
import type { MatchModel } from "./model.ts"
import { compareFamilyNames, compareGivenNames, type NameFields, nameOf } from "./names.ts"
import { fullForm } from "./nicknames.ts"
import { comparePhones, phoneKeys } from "./phones.ts"
import { plain, skeleton } from "./text.ts"

/** What a person is recognised by; everything as people typed it, nothing required. */
export interface MatchPerson extends NameFields {
  emails?: readonly string[]
  /** E.164 where known, else as written. */
  phones?: readonly string[]
  addresses?: readonly AddressFields[]
  /** `yyyy-mm-dd`, or `--mm-dd` without year. */
  birthday?: string | null
  /** Name of the employer. */
  company?: string | null
}

const household = ["phone", "street", "postalCode", "city"]

export const personModel: MatchModel<MatchPerson> = {
  name: "person/1",
  comparisons: [
    compareGivenNames("givenName", (person) => person),
    compareFamilyNames("familyName", (person) => person),
    compareEmails(
      "email",
      ({ emails }) => emails,
      (person) => person,
    ),
    comparePhones("phone", ({ phones }) => phones),
    compareDates("birthday", ({ birthday }) => birthday),
    compareStreets("street", ({ addresses }) => addresses),
    comparePostalCodes("postalCode", ({ addresses }) => addresses),
    compareCities("city", ({ addresses }) => addresses),
    compareCompanyNames("company", ({ company }) => company),
  ],
  relations: [
    { name: "family", perRecord: 1, shares: ["familyName", ...household] },
    { name: "familyMailbox", perRecord: 0.02, shares: ["familyName", "email", ...household] },
    { name: "colleagues", perRecord: 3, shares: ["company", ...household] },
    { name: "officeMailbox", perRecord: 0.02, shares: ["company", "email", ...household] },
  ],
}

/** The keys under which twins of a person are looked for; each slip leaves at least one of them alone. */
export const personRules: readonly BlockingRule<MatchPerson>[] = [
  {
    name: "email",
    fixes: ["email"],
    keys: ({ emails }) => mailboxes(emails).map(({ delivered }) => delivered),
  },
  {
    name: "mailbox",
    fixes: ["email"],
    keys: ({ emails }) =>
      mailboxes(emails).flatMap(({ local, isShared }) => (isShared || local.length < 5 ? [] : local)),
  },
  {
    name: "phone",
    fixes: ["phone"],
    keys: ({ phones }) => phoneKeys(phones),
  },
  {
    name: "fullName",
    fixes: ["givenName", "familyName"],
    keys: (person) => both(names(person), ({ given, family }) => [given, family].sort().join(" ")),
  },
  {
    name: "soundOfName",
    fixes: ["givenName", "familyName"],
    keys: (person) =>
      both(names(person), ({ given, family }) => [skeleton(given), skeleton(family)].sort().join(" ")),
  },
  {
    name: "familyAndInitial",
    fixes: ["givenName", "familyName"],
    keys: (person) => both(names(person), ({ given, family }) => `${family} ${given[0]}`),
  },
  {
    name: "rareName",
    fixes: ["givenName", "familyName"],
    maxPerBlock: 12,
    keys: (person) => {
      const { given, family } = names(person)
      return [given, family].filter((name) => name.length > 2).map(skeleton)
    },
  },
  {
    name: "birthday",
    fixes: ["birthday"],
    keys: ({ birthday }) => days(birthday).flatMap(({ year, digits }) => (year ? digits : [])),
  },
  {
    name: "dayAndName",
    fixes: ["birthday"],
    keys: (person) => {
      const { given, family } = names(person)
      return days(person.birthday).flatMap(({ month, day }) =>
        [given, family].filter((name) => name !== "").map((name) => `${month}${day} ${name}`),
      )
    },
  },
  {
    name: "familyAndPlace",
    fixes: ["familyName", "postalCode", "city"],
    keys: (person) => atPlaces(names(person).family, person),
  },
  {
    name: "givenAndPlace",
    fixes: ["givenName", "postalCode", "city"],
    keys: (person) => atPlaces(names(person).given, person),
  },
  {
    name: "house",
    fixes: ["street", "postalCode", "city"],
    keys: houseKeys,
  },
  {
    name: "colleague",
    fixes: ["company", "givenName"],
    keys: (person) => {
      const { given } = names(person)
      const company = companyNameOf(person.company)
      return given && company ? [`${company.joined} ${given}`] : []
    },
  },
]

interface KeyNames {
  given: string
  family: string
}
/** Full form of the first given name, and the family name as one word; empty where unknown. */
function names(person: NameFields): KeyNames {
  const { given, family } = nameOf(person)
  return { given: plain(fullForm(given?.words[0] ?? "")), family: family?.spelled ?? "" }
}
function both(parts: KeyNames, key: (parts: KeyNames) => string): string[] {
  return parts.given && parts.family ? [key(parts)] : []
}
function mailboxes(emails: readonly string[] = []) {
  return emails.flatMap((email) => mailboxOf(email) ?? [])
}
function days(birthday: string | null | undefined) {
  const day = partsOf(birthday)
  return day ? [day] : []
}
function atPlaces(name: string, { addresses = [] }: MatchPerson): string[] {
  return name === ""
    ? []
    : addresses.flatMap((address) => placesOf(address).map((place) => `${name} ${place}`))
}
