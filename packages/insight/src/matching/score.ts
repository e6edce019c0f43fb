import { logRatios } from "./expectation.ts"
import { levelsOf, type MatchModel, type MatchParameters, type Prepared, unknown } from "./model.ts"
import { sharedBy } from "./patterns.ts"

/** A model with its parameters, ready to score. */
export interface Matcher<R> {
  model: MatchModel<R>
  parameters: MatchParameters
  /** log2(m/u) by comparison and level. */
  weights: readonly Float64Array[]
  shared: boolean[][]
  related: readonly number[]
  /** Under which name a value stands among the parameters' frequencies. */
  termKey: (term: string) => string
}
export interface Reason {
  comparison: string
  level: string
  /** In bits: each one doubles the odds, or halves them where negative. */
  weight: number
}
export interface PairScore {
  /** That the two are one and the same, 0 to 1. */
  probability: number
  /** Sum of the reasons' weights, in bits. */
  weight: number
  /** Most telling first, those against at the end; what one of the two does not say is left out. */
  reasons: Reason[]
}

/** How far the rarity of one value may move its weight, in bits. */
const furthest = 8

/**
 * `termKey` is the one that training was given.
 *
 * @throws Error when the parameters were learned for another model.
 */
export function matcherOf<R>(
  model: MatchModel<R>,
  parameters: MatchParameters,
  termKey: Matcher<R>["termKey"] = (term) => term,
): Matcher<R> {
  const learned = model.comparisons.map(({ name }) => parameters.comparisons[name])
  const fits = model.comparisons.every(
    ({ levels }, index) => learned[index]?.levels.join() === levels.map(({ name }) => name).join(),
  )
  if (parameters.model !== model.name || !fits)
    throw new Error(`Parameters of "${parameters.model}" do not fit the model "${model.name}".`)
  const ratios = logRatios({
    m: learned.map((comparison) => Float64Array.from(comparison?.m ?? [])),
    u: learned.map((comparison) => Float64Array.from(comparison?.u ?? [])),
  })
  return {
    model,
    parameters,
    weights: ratios.map((values) => values.map((value) => value / Math.LN2)),
    shared: sharedBy(model),
    related: model.relations.map(({ name }) => parameters.related[name] ?? 0),
    termKey,
  }
}

/** How likely two prepared records are one and the same, 0 to 1. For scans; `scorePair` says why as well. */
export function probabilityOf<R>(matcher: Matcher<R>, one: Prepared, other: Prepared): number {
  return probability(matcher, weigh(matcher, one, other, levelsOf(matcher.model, one, other)))
}

/** Probability, evidence and reasons for two prepared records. */
export function scorePair<R>(matcher: Matcher<R>, one: Prepared, other: Prepared): PairScore {
  const levels = levelsOf(matcher.model, one, other)
  const weights = weigh(matcher, one, other, levels)
  const reasons = matcher.model.comparisons.flatMap((comparison, index) => {
    const level = levels[index] as number
    if (level === unknown) return []
    return {
      comparison: comparison.name,
      level: comparison.levels[level]?.name as string,
      weight: weights[index] as number,
    }
  })
  return {
    probability: probability(matcher, weights),
    weight: weights.reduce((sum, weight) => sum + weight, 0),
    reasons: reasons.sort((left, right) => right.weight - left.weight),
  }
}

function weigh<R>(matcher: Matcher<R>, one: Prepared, other: Prepared, levels: Int8Array): Float64Array {
  const weights = new Float64Array(levels.length)
  for (let index = 0; index < levels.length; index++) {
    const level = levels[index] as number
    if (level === unknown) continue
    weights[index] = matcher.weights[index]?.[level] as number
    if (level === 0) weights[index]! += rarity(matcher, index, one[index], other[index])
  }
  return weights
}

/** What it adds that the two agree on this value rather than on a usual one, in bits. */
function rarity<R>(
  { model, parameters, termKey }: Matcher<R>,
  index: number,
  one: unknown,
  other: unknown,
): number {
  const comparison = model.comparisons[index]
  const frequencies = comparison && parameters.comparisons[comparison.name]?.terms
  if (!frequencies) return 0
  const term = comparison.terms?.shared(one, other)
  if (term === undefined) return 0
  const key = termKey(term)
  const frequency = Object.hasOwn(frequencies.of, key) ? (frequencies.of[key] as number) : frequencies.rare
  return Math.max(-furthest, Math.min(furthest, Math.log2(frequencies.usual / frequency)))
}

/**
 * The odds of being one against all other explanations: that the two are strangers, or that they are related in a way
 * that accounts for what they share. Surname, telephone and address alone never make two of a couple one.
 */
function probability<R>({ parameters, shared, related }: Matcher<R>, weights: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let others = (1 - parameters.share - related.reduce((sum, share) => sum + share, 0)) * 2 ** -total
  for (let relation = 0; relation < shared.length; relation++) {
    let own = 0
    const counts = shared[relation] as boolean[]
    for (let index = 0; index < weights.length; index++) if (!counts[index]) own += weights[index] as number
    others += (related[relation] as number) * 2 ** -own
  }
  return parameters.share / (parameters.share + others)
}
