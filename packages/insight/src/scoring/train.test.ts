import { expect, test } from "vitest"
import { inventLeads, leadFeatures, truth } from "../../testing/leads.ts"
import type { Example, Feature } from "./features.ts"
import { fitScore } from "./fit.ts"
import { type AmountEffect, type ChoiceEffect, contributionAt, scoreOf, type TagsEffect } from "./model.ts"
import { qualityOf } from "./quality.ts"
import { trainScore, trainScoreInSteps } from "./train.ts"

const leads = inventLeads(20_000, 1)
const cutoff = leads[15_000]?.at as number
const before = leads.filter(({ at }) => at < cutoff)
const after = leads.filter(({ at }) => at >= cutoff)
const model = fitScore(leadFeatures, before)
const effectOf = <E>(key: string) => model.effects.find((effect) => effect.key === key) as E

test("What each value was made to count comes back from what was known before a day", () => {
  const source = Object.fromEntries(
    effectOf<ChoiceEffect>("source").values.map(({ value, contribution }) => [value, contribution]),
  )
  for (const [value, weight] of Object.entries(truth.source))
    expect((source[value] as number) - (source.web as number)).toBeCloseTo(weight, 0.7)
  const newsletter = effectOf<ChoiceEffect>("newsletter").values
  const yes = newsletter.find(({ value }) => value === "true")?.contribution as number
  const no = newsletter.find(({ value }) => value === "false")?.contribution as number
  expect(Math.abs(yes - no - truth.newsletter)).toBeLessThan(0.12)
  for (const { value, present, absent } of effectOf<TagsEffect>("tags").values)
    expect(Math.abs(present - absent - (truth.tags[value] as number))).toBeLessThan(0.12)
  const visit = effectOf<AmountEffect>("lastVisit")
  const month = contributionAt(visit, 60) - contributionAt(visit, 30)
  expect(Math.abs(month - 30 * truth.perDaySinceVisit)).toBeLessThan(0.15)
  for (const { contribution } of effectOf<ChoiceEffect>("colour").values)
    expect(Math.abs(contribution)).toBeLessThan(0.1)
})

test("More need not mean more: an effect that ends somewhere is found, and what it means not to know", () => {
  const employees = effectOf<AmountEffect>("employees")
  for (const [many, few] of [
    [50, 10],
    [100, 50],
    [190, 120],
  ] as const) {
    const found = contributionAt(employees, many) - contributionAt(employees, few)
    expect(Math.abs(found - (truth.employees(many) - truth.employees(few)))).toBeLessThan(0.25)
  }
  const unknown = employees.missing - contributionAt(employees, 50)
  expect(Math.abs(unknown - (truth.employees(null) - truth.employees(50)))).toBeLessThan(0.25)
})

test("What is foretold for later days comes true as often as it says", () => {
  const likelihoods = after.map((lead) => scoreOf(model, lead).likelihood)
  const quality = qualityOf(
    likelihoods,
    after.map(({ outcome }) => outcome),
  )
  const best = qualityOf(
    after.map(({ chance }) => chance),
    after.map(({ outcome }) => outcome),
  )
  for (const { foretold, seen, examples } of quality.calibration)
    expect(Math.abs(foretold - seen)).toBeLessThan(3.5 * Math.sqrt((foretold * (1 - foretold)) / examples))
  expect(quality.auc.value).toBeGreaterThan(best.auc.value - 0.005)
  expect(quality.brier).toBeLessThan(best.brier + 0.001)
  const error = likelihoods.reduce(
    (sum, likelihood, index) => sum + Math.abs(likelihood - (after[index]?.chance as number)),
    0,
  )
  expect(error / after.length).toBeLessThan(0.015)
})

test("Reasons and base add up to the score, and survive as JSON", () => {
  const stored = JSON.parse(JSON.stringify(model))
  for (const lead of after.slice(0, 100)) {
    const score = scoreOf(stored, lead)
    const sum = score.reasons.reduce((sum, { contribution }) => sum + contribution, stored.base)
    expect(sum).toBeCloseTo(score.logOdds, 10)
    expect(score).toEqual(scoreOf(model, lead))
  }
  const [first] = scoreOf(stored, {
    values: { source: "referral", employees: 30, tags: ["tasting", "never seen"] },
    at: cutoff,
  }).reasons
  expect(first).toMatchObject({ feature: "source", value: "referral" })
  expect(first?.contribution).toBeGreaterThan(0.5)
})

test("Values and gaps that training had not seen speak neither for nor against", () => {
  const at = cutoff
  const known = { employees: 50, newsletter: true, tags: [], lastVisit: new Date(at).toISOString() }
  const { reasons } = scoreOf(model, { values: { ...known, source: "billboard", colour: null }, at })
  expect(reasons.filter(({ feature }) => feature === "source" || feature === "colour")).toEqual([])
})

test("The latest fifth is kept back, and nothing is learned from it", () => {
  const training = trainScore(leadFeatures, leads)
  if (!training.trained) throw new Error(training.why)
  const { keptBack, quality, leftOut } = training
  expect(keptBack).toEqual({ which: "latest", from: leads[16_000]?.at })
  expect(leftOut).toEqual([])
  expect(quality.examples).toBe(4_000)
  expect(training.model.trained.examples).toBe(20_000)

  // Were one of them learned from, turning all of them round would not turn the ranking round exactly.
  const turned = leads.map((lead, index) => (index < 16_000 ? lead : { ...lead, outcome: !lead.outcome }))
  const other = trainScore(leadFeatures, turned)
  expect(other.quality?.auc.value).toBeCloseTo(1 - quality.auc.value, 10)
  expect(other).toMatchObject({ trained: false, why: "noBetterThanChance" })
})

test("Too few outcomes of either kind are refused, with how many it takes", () => {
  const converted = leads.filter(({ outcome }) => outcome).slice(0, 49)
  const others = leads.filter(({ outcome }) => !outcome).slice(0, 400)
  expect(trainScore(leadFeatures, [...converted, ...others])).toEqual({
    trained: false,
    why: "tooFewOutcomes",
    converted: 49,
    others: 400,
    needed: 50,
    leftOut: [],
  })
})

test("Features that say nothing make no score", () => {
  const constant = leads.slice(0, 1_000).map((lead) => ({ ...lead, values: { colour: "red" } }))
  expect(trainScore([{ key: "colour", kind: "choice" }], constant)).toMatchObject({
    why: "nothingToLearnFrom",
    leftOut: [{ why: "alwaysTheSame", feature: "colour" }],
  })
  const colours = leadFeatures.filter(({ key }) => key === "colour")
  expect(trainScore(colours, leads.slice(0, 2_000))).toMatchObject({ why: "noBetterThanChance" })
})

test("With no order in time, or too few of the latest decided, every fifth is kept back", () => {
  const some = leads.slice(0, 2_000)
  const training = trainScore(
    leadFeatures,
    some.map((lead) => ({ ...lead, values: { ...lead.values, lastVisit: null }, at: 0 })),
  )
  expect(training).toMatchObject({ trained: true, keptBack: { which: "spread" }, quality: { examples: 401 } })
  const unripe = some.map((lead, index) => (index < 1_500 ? lead : { ...lead, outcome: false }))
  expect(trainScore(leadFeatures, unripe)).toMatchObject({ keptBack: { which: "spread" } })
})

test("Fields that are filled with the outcome are left out, by their history or by what they tell", () => {
  const leaking: Feature[] = [
    ...leadFeatures,
    { key: "customerNumber", kind: "number" },
    { key: "packages", kind: "tags" },
    { key: "owner", kind: "choice" },
  ]
  const examples: Example[] = leads.slice(0, 4_000).map((lead, index) => ({
    ...lead,
    values: {
      ...lead.values,
      customerNumber: lead.outcome ? index : null,
      packages: lead.outcome && index % 5 === 0 ? ["starter"] : [],
      owner: index % 2 ? "Ida" : "Per",
    },
  }))
  const late = { owner: [{ late: 40, of: 900 }], source: [{ late: 2, of: 900 }] }
  const { leftOut } = trainScore(leaking, examples, { late })
  expect(leftOut.map(({ feature, why }) => [feature, why])).toEqual([
    ["owner", "filledAfterwards"],
    ["customerNumber", "tooTelling"],
    ["packages", "tooTelling"],
  ])
  expect(leftOut[2]).toMatchObject({
    values: expect.arrayContaining(
      [{ value: "starter", filled: true }].map((value) => expect.objectContaining(value)),
    ),
  })
  const asked = trainScore(leaking, examples, { late, trusted: ["packages"] })
  expect(asked.leftOut.map(({ feature }) => feature)).toEqual(["owner", "customerNumber"])
})

test("Training can be interrupted all along", () => {
  const work = trainScoreInSteps(leadFeatures, leads.slice(0, 3_000))
  let steps = 0
  while (!work.next().done) steps++
  expect(steps).toBeGreaterThan(300)
})
