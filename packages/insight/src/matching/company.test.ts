import { expect, test } from "vitest"
import { clusters } from "./clusters.ts"
import { companyModel, companyRules, type MatchCompany } from "./company.ts"
import { matchAll } from "./match-all.ts"
import { prepareRecord } from "./model.ts"
import { randomNumbers } from "./random.ts"
import { matcherOf, scorePair } from "./score.ts"
import { untrainedParameters } from "./train.ts"

const untrained = matcherOf(companyModel, untrainedParameters(companyModel, 500))
function probability(one: MatchCompany, other: MatchCompany): number {
  return scorePair(untrained, prepareRecord(companyModel, one), prepareRecord(companyModel, other))
    .probability
}
const huber: MatchCompany = {
  name: "Bäckerei Huber GmbH",
  domains: ["baeckerei-huber.de"],
  phones: ["+49761123456"],
  addresses: [{ street: "Hauptstraße 5", postalCode: "79098", city: "Freiburg" }],
}

test("Legal form and spelling apart, it is the same company", () => {
  expect(probability(huber, { name: "Baeckerei Huber", phones: ["0761 123456"] })).toBeGreaterThan(0.9)
  expect(probability(huber, { name: "Huber", domains: ["www.baeckerei-huber.de"] })).toBeGreaterThan(0.7)
})
test("Neighbours in one house and branches of one name are not", () => {
  expect(probability(huber, { ...huber, name: "Steuerbüro Lang", domains: ["lang.de"] })).toBeLessThan(0.3)
  const elsewhere = {
    phones: ["+4930998877"],
    addresses: [{ street: "Ring 1", postalCode: "10115", city: "Berlin" }],
  }
  expect(probability(huber, { ...huber, ...elsewhere })).toBeLessThan(0.5)
})

const trades =
  "Bäckerei Metzgerei Optik Holzbau Café Blumen Fahrrad Elektro Druckerei Ferretería Panadería Garage".split(
    " ",
  )
const owners =
  "Huber Lang Weber Ortiz Serrano Castro Baker Mills Dixon Krause Vogel Romero Hughes Ellis Winter".split(" ")
const forms = ["GmbH", "e.K.", "S.L.", "Ltd", ""]

test("Entered twice with another legal form, a slip or a gap, companies find each other", () => {
  const random = randomNumbers(9)
  const one = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
  const firms = trades.flatMap((trade) =>
    owners.map(
      (owner, at): MatchCompany => ({
        name: `${trade} ${owner} ${one(forms)}`.trim(),
        domains: random() < 0.6 ? [`${trade}-${owner}${at}.de`] : [],
        phones: random() < 0.7 ? [`+49761${100000 + Math.floor(random() * 899999)}`] : [],
        addresses:
          random() < 0.7
            ? [{ street: `${one(owners)}weg ${1 + Math.floor(random() * 50)}`, city: "Bonn" }]
            : [],
      }),
    ),
  )
  const twins = firms.slice(0, 60).map((firm, at): MatchCompany => {
    const name = (firm.name ?? "").replace(/ (GmbH|e\.K\.|S\.L\.|Ltd)$/, "")
    return {
      ...firm,
      name: at % 2 ? `${name} KG` : name.replace("r", ""),
      addresses: at % 3 ? firm.addresses : [],
    }
  })
  const { pairs } = matchAll(companyModel, companyRules, [...firms, ...twins])
  const groups = clusters(pairs, 0.5)
  const right = groups.filter(
    ([first = -1, second = -1, third]) => third === undefined && Math.abs(second - first) === firms.length,
  )
  expect(right.length).toBeGreaterThan(50)
  expect(groups.length - right.length).toBeLessThan(4)
})
