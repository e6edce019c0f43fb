import { expect, test } from "vitest"
import { inventPeople, type Known } from "../../testing/people.ts"
import { fakeThousand, febrl } from "../../testing/public-data.ts"
import { inWords, pairsWithin, qualityOf } from "../../testing/quality.ts"
import { clusters } from "./clusters.ts"
import { matchAll } from "./match-all.ts"
import { personModel, personRules } from "./person.ts"

/** At even odds by the model's own account: nothing is chosen with the answers in sight. */
const threshold = 0.5

function measure<Id>(title: string, known: readonly Known<Id>[]) {
  const started = performance.now()
  const { pairs } = matchAll(
    personModel,
    personRules,
    known.map(({ person }) => person),
  )
  const who = known.map((each) => each.who)
  const likely = pairs.filter(({ probability }) => probability >= threshold)
  const byPair = qualityOf(likely, who)
  const byGroup = qualityOf(pairsWithin(clusters(pairs, threshold)), who)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(
    `${title}: pairs ${inWords(byPair)}; groups ${inWords(byGroup)}; ${pairs.length} candidates, ${seconds} s`,
  )
  return { byPair, byGroup, likely }
}

test("Twins among invented customers are found, couples and colleagues are left alone", () => {
  const { byPair, byGroup } = measure("2,000 invented people, 400 twins", inventPeople(2_000, 400, 1))
  expect(byPair.precision).toBeGreaterThan(0.9)
  expect(byPair.recall).toBeGreaterThan(0.93)
  expect(byGroup.f1).toBeGreaterThan(0.93)
})

test("Where there are no twins, there is next to no alarm", () => {
  const { likely } = measure("2,000 invented people, no twins", inventPeople(2_000, 0, 2))
  expect(likely.length).toBeLessThanOrEqual(4)
})

test("A handful of people can be compared as well", () => {
  const { byPair } = measure("30 invented people, 3 twins", inventPeople(30, 3, 4))
  expect(byPair.f1).toBeGreaterThan(0.6)
})

test("Two people can be compared, one or none do no harm", () => {
  const anna = { name: "Anna Huber", emails: ["anna.huber@gmx.de"] }
  const { pairs, parameters } = matchAll(personModel, personRules, [anna, { ...anna, name: "Anna Hubr" }])
  expect(pairs.map(({ probability }) => probability > 0.9)).toEqual([true])
  const shares = Object.values(parameters.related).reduce((sum, share) => sum + share, parameters.share)
  expect(shares).toBeLessThan(0.51)
  for (const people of [[anna], []]) {
    const { pairs, parameters } = matchAll(personModel, personRules, people)
    expect(pairs).toEqual([])
    expect(parameters.share).toBeGreaterThan(0)
    expect(parameters.share).toBeLessThan(0.5)
  }
})

test.for([
  { title: "febrl dataset1", read: () => febrl("dataset1.csv"), floor: 0.95 },
  { title: "febrl dataset4a and 4b", read: () => febrl("dataset4a.csv", "dataset4b.csv"), floor: 0.95 },
  { title: "fake-1000", read: fakeThousand, floor: 0.8 },
])("Public data: $title, F1 of at least $floor", ({ title, read, floor }, { skip }) => {
  const known = read()
  if (!known) {
    console.log(`skipped: ${title} needs ../shared/data beside the repository`)
    return skip(`${title} needs ../shared/data beside the repository`)
  }
  const { byPair, byGroup } = measure(title, known)
  expect(byPair.f1).toBeGreaterThan(floor)
  expect(byGroup.f1).toBeGreaterThan(floor)
})
