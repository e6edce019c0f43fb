import { expect, test } from "vitest"
import { inventPeople } from "../../testing/people.ts"
import { matchAll } from "./match-all.ts"
import { prepareRecord } from "./model.ts"
import { type MatchPerson, personModel, personRules } from "./person.ts"
import { matcherOf, probabilityOf, scorePair } from "./score.ts"
import { untrainedParameters } from "./train.ts"

const untrained = matcherOf(personModel, untrainedParameters(personModel, 500))
function scored(one: MatchPerson, other: MatchPerson, matcher = untrained) {
  return scorePair(matcher, prepareRecord(personModel, one), prepareRecord(personModel, other))
}

test("The reasons say what speaks for and against, the most telling first", () => {
  const { probability, weight, reasons } = scored(
    { givenName: "Thomas", familyName: "Müller", phones: ["+49761123456"], addresses: [{ city: "Bonn" }] },
    {
      givenName: "Tom",
      familyName: "Mueller",
      phones: ["0761 123456"],
      addresses: [{ city: "Berlin" }],
      emails: ["a@b.de"],
    },
  )
  expect(probability).toBeGreaterThan(0.7)
  expect(reasons.map(({ comparison, level }) => `${comparison} ${level}`)).toEqual([
    "phone sameEnding",
    "familyName same",
    "givenName nickname",
    "city different",
  ])
  expect(reasons.at(-1)?.weight).toBeLessThan(0)
  expect(reasons.reduce((sum, reason) => sum + reason.weight, 0)).toBeCloseTo(weight, 10)
})

test("Before any training, a small workspace is warned of the plain cases", () => {
  const anna: MatchPerson = { givenName: "Anna", familyName: "Huber", emails: ["anna.huber@gmx.de"] }
  expect(scored(anna, { ...anna, familyName: "Hubr" }).probability).toBeGreaterThan(0.95)
  expect(scored(anna, { emails: ["anna.huber@gmx.de"] }).probability).toBeGreaterThan(0.5)
  expect(scored(anna, { givenName: "Anna", familyName: "Weber" }).probability).toBeLessThan(0.05)
  expect(scored(anna, { phones: ["+49761123456"] })).toMatchObject({ weight: 0, reasons: [] })
})

test("A couple's surname, telephone and address do not make them one", () => {
  const shared = {
    familyName: "Schneider",
    phones: ["+49761123456"],
    addresses: [{ street: "Lindenallee 7", postalCode: "79098", city: "Freiburg" }],
  }
  expect(
    scored({ ...shared, givenName: "Anna" }, { ...shared, givenName: "Peter" }).probability,
  ).toBeLessThan(0.1)
  expect(
    scored({ ...shared, givenName: "Anna" }, { ...shared, givenName: "Anna" }).probability,
  ).toBeGreaterThan(0.95)
})
test("Nor do company, office number and address make colleagues one", () => {
  const shared = {
    company: "Holzbau Lang GmbH",
    phones: ["+49761123456"],
    addresses: [{ street: "Ring 1", city: "Bonn" }],
  }
  const one = { ...shared, givenName: "Maria", familyName: "Weber" }
  expect(scored(one, { ...shared, givenName: "Maria", familyName: "Lang" }).probability).toBeLessThan(0.5)
  expect(scored(one, { ...shared, givenName: "Maria", familyName: "Webr" }).probability).toBeGreaterThan(0.9)
})

test("A rare name tells more than a common one", () => {
  const people = [
    ...inventPeople(800, 60, 5).map(({ person }) => person),
    ...Array.from({ length: 60 }, (_, at): MatchPerson => ({ givenName: `X${at}`, familyName: "Smith" })),
  ]
  const { parameters } = matchAll(personModel, personRules, people)
  const matcher = matcherOf(personModel, parameters)
  const weightOf = (familyName: string) => scored({ familyName }, { familyName }, matcher).weight
  expect(weightOf("Zywicki")).toBeGreaterThan(weightOf("Smith") + 3)
})

test("Scan and explanation agree", () => {
  const [one, other] = inventPeople(2, 0, 3).map(({ person }) => prepareRecord(personModel, person))
  if (!one || !other) throw new Error("two people")
  expect(probabilityOf(untrained, one, other)).toBe(scorePair(untrained, one, other).probability)
})

test("Parameters of another model are refused", () => {
  const parameters = untrainedParameters(personModel, 500)
  expect(() => matcherOf({ ...personModel, name: "person/2" }, parameters)).toThrow(/do not fit/)
  const fewer = {
    ...personModel,
    comparisons: personModel.comparisons.map((each) => ({ ...each, levels: [] })),
  }
  expect(() => matcherOf(fewer, parameters)).toThrow(/do not fit/)
})
