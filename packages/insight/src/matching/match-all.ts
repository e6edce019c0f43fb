import { type BlockingRule, candidatePairs } from "./blocking.ts"
import type { ScoredPair } from "./clusters.ts"
import { type MatchModel, type MatchParameters, type Prepared, prepareRecord } from "./model.ts"
import { randomNumbers } from "./random.ts"
import { matcherOf, probabilityOf } from "./score.ts"
import { trainMatcher } from "./train.ts"

const randomPairCount = 200_000

/**
 * The whole way in memory, for tests and small sets: blocks, learns and scores. Pairs carry positions in `records`.
 * The same records give the same result.
 */
export function matchAll<R>(
  model: MatchModel<R>,
  rules: readonly BlockingRule<R>[],
  records: readonly R[],
): { parameters: MatchParameters; pairs: ScoredPair<number>[] } {
  const prepared = records.map((record) => prepareRecord(model, record))
  const candidates = candidatePairs(records, rules)
  const pairCount = (records.length * (records.length - 1)) / 2
  const at = (position: number) => prepared[position] as Prepared
  const parameters = trainMatcher(model, {
    records: prepared,
    randomPairs: randomPairs(prepared, Math.min(randomPairCount, pairCount)),
    blockedPairs: candidates.map(({ one, other, rules }) => ({ one: at(one), other: at(other), rules })),
    rules,
    pairs: pairCount,
  })
  const matcher = matcherOf(model, parameters)
  const pairs = candidates.map(({ one, other }) => ({
    one,
    other,
    probability: probabilityOf(matcher, at(one), at(other)),
  }))
  return { parameters, pairs }
}

/** Pairs drawn at random, with replacement; the same for the same list. */
export function* randomPairs<T>(items: readonly T[], count: number): Generator<readonly [T, T]> {
  const random = randomNumbers(items.length)
  for (let drawn = 0; drawn < count && items.length > 1; drawn++) {
    const one = Math.floor(random() * items.length)
    const step = 1 + Math.floor(random() * (items.length - 1))
    yield [items[one] as T, items[(one + step) % items.length] as T]
  }
}
