import { expect, test } from "vitest"
import { inventPeople } from "../../testing/people.ts"
import { matchAll } from "./match-all.ts"
import type { Comparison, MatchModel } from "./model.ts"
import { prepareRecord } from "./model.ts"
import type { BlockedPair } from "./patterns.ts"
import { personModel, personRules } from "./person.ts"
import { randomNumbers } from "./random.ts"
import { matcherOf, probabilityOf } from "./score.ts"
import { trainMatcher } from "./train.ts"

/** What the invented pairs follow, and what training has to find again. */
const truth = [
  { m: [0.9, 0.06, 0.04], u: [0.01, 0.04, 0.95] },
  { m: [0.8, 0.1, 0.1], u: [0.05, 0.05, 0.9] },
  { m: [0.7, 0.1, 0.2], u: [0.002, 0.098, 0.9] },
  { m: [0.95, 0.02, 0.03], u: [0.1, 0.2, 0.7] },
]
/** A pair as a record: the levels themselves, -1 for unknown. */
const model: MatchModel<readonly number[]> = {
  name: "invented/1",
  comparisons: truth.map(
    (_, index): Comparison<readonly number[], number> => ({
      name: `c${index}`,
      levels: [
        { name: "same", m: 0.6, u: 0.03 },
        { name: "similar", m: 0.2, u: 0.07 },
        { name: "different", m: 0.2, u: 0.9 },
      ],
      prepare: (levels) => (levels[index] === -1 ? undefined : levels[index]),
      compare: (level) => level,
    }),
  ),
  relations: [],
}
const random = randomNumbers(11)

function draw(frequencies: readonly number[]): number {
  const mark = random()
  let sum = 0
  return frequencies.findIndex((frequency, level) => {
    sum += frequency
    return mark < sum || level === frequencies.length - 1
  })
}
/** `missing` is the share of comparisons that nothing is known of. */
function invented(count: number, isMatch: boolean, missing = 0): BlockedPair[] {
  return Array.from({ length: count }, () => {
    const levels = truth.map(({ m, u }) => (random() < missing ? -1 : draw(isMatch ? m : u)))
    const one = prepareRecord(model, levels)
    return { one, other: one, rules: 0 }
  })
}
function learn(matches: number, strangers: number, missing = 0) {
  const blockedPairs = [...invented(matches, true, missing), ...invented(strangers, false, missing)]
  const others = invented(60_000, false).map(({ one, other }) => [one, other] as const)
  return {
    blockedPairs,
    parameters: trainMatcher(model, {
      records: [],
      randomPairs: others,
      blockedPairs,
      rules: [],
      pairs: blockedPairs.length,
    }),
  }
}

test("Without a label, training finds the frequencies the pairs were made with", () => {
  const { parameters, blockedPairs } = learn(2_000, 38_000)
  expect(parameters.trained).toMatchObject({ settled: true, blockedPairs: 40_000, randomPairs: 60_000 })
  expect(parameters.share).toBeGreaterThan(0.047)
  expect(parameters.share).toBeLessThan(0.053)
  truth.forEach(({ m, u }, index) => {
    const found = parameters.comparisons[`c${index}`]
    m.forEach((expected, level) => {
      expect(Math.abs((found?.m[level] as number) - expected)).toBeLessThan(0.03)
    })
    u.forEach((expected, level) => {
      expect(Math.abs((found?.u[level] as number) - expected)).toBeLessThan(0.008)
    })
  })
  const matcher = matcherOf(model, parameters)
  const likely = blockedPairs.map(({ one, other }) => probabilityOf(matcher, one, other) >= 0.5)
  expect(likely.slice(0, 2_000).filter(Boolean).length).toBeGreaterThan(1_800)
  expect(likely.slice(2_000).filter(Boolean).length).toBeLessThan(150)
})

test("What is missing teaches nothing and spoils nothing", () => {
  const { parameters } = learn(4_000, 36_000, 0.3)
  truth.forEach(({ m }, index) => {
    expect(Math.abs((parameters.comparisons[`c${index}`]?.m[0] as number) - (m[0] as number))).toBeLessThan(
      0.04,
    )
  })
})

test("A rule does not teach the comparison it selects by", () => {
  const blockedPairs = [...invented(3_000, true), ...invented(30_000, false)].flatMap((pair) => {
    const bits = (pair.one[2] === 0 ? 1 : 0) + (pair.one[1] === 0 ? 2 : 0)
    return bits ? [{ ...pair, rules: bits }] : []
  })
  const others = invented(60_000, false).map(({ one, other }) => [one, other] as const)
  const data = { records: [], randomPairs: others, blockedPairs, pairs: 33_000 }
  const careful = trainMatcher(model, { ...data, rules: [{ fixes: ["c2"] }, { fixes: ["c1"] }] })
  const careless = trainMatcher(model, { ...data, rules: [{ fixes: [] }, { fixes: [] }] })
  expect(Math.abs((careful.comparisons.c2?.m[0] as number) - 0.7)).toBeLessThan(0.025)
  expect(careless.comparisons.c2?.m[0]).toBeGreaterThan(0.73)
})

test("A part of the candidates teaches as much as all, when it is said how large it is", () => {
  const blockedPairs = [...invented(1_000, true), ...invented(9_000, false)]
  const others = invented(20_000, false).map(({ one, other }) => [one, other] as const)
  const { share } = trainMatcher(model, {
    records: [],
    randomPairs: others,
    blockedPairs,
    blockedShare: 0.25,
    rules: [],
    pairs: 40_000,
  })
  expect(Math.abs(share - 0.1)).toBeLessThan(0.01)
})

test("Twins among the random pairs do not count as strangers who agree", () => {
  const blockedPairs = [...invented(2_000, true), ...invented(38_000, false)]
  const { comparisons } = trainMatcher(model, {
    records: [],
    randomPairs: blockedPairs.map(({ one, other }) => [one, other]),
    blockedPairs,
    rules: [],
    pairs: 40_000,
  })
  // One pair in twenty is a match, so that a plain count would find 0.037 and more.
  expect(comparisons.c2?.u[0]).toBeLessThan(0.006)
})

test("A name that only one person's entries have is rare, however many there are", () => {
  const twins = Array.from({ length: 4 }, () => ({
    givenName: "Ola",
    familyName: "Zywicki",
    emails: ["ola@zywicki.pl"],
  }))
  const people = [...inventPeople(400, 0, 8).map(({ person }) => person), ...twins]
  const terms = matchAll(personModel, personRules, people).parameters.comparisons.familyName?.terms
  expect(terms?.of).toHaveProperty("muller")
  expect(terms?.of).not.toHaveProperty("zywicki")
})

test("A few records leave what was declared nearly as it is", () => {
  const { parameters } = learn(1, 3)
  expect(parameters.comparisons.c0?.m[0]).toBeGreaterThan(0.55)
  expect(parameters.comparisons.c0?.m[0]).toBeLessThan(0.65)
})

test("Parameters survive as JSON", () => {
  const { parameters, blockedPairs } = learn(200, 2_000)
  const stored = matcherOf(model, JSON.parse(JSON.stringify(parameters)))
  const [pair] = blockedPairs
  if (!pair) throw new Error("a pair")
  expect(probabilityOf(stored, pair.one, pair.other)).toBe(
    probabilityOf(matcherOf(model, parameters), pair.one, pair.other),
  )
})
