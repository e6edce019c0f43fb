import { allSteps } from "../steps.ts"
import { classOdds, type Estimate, logRatios, settle, startOf } from "./expectation.ts"
import {
  type Comparison,
  levelsOf,
  type MatchModel,
  type MatchParameters,
  type Prepared,
  type TermFrequencies,
} from "./model.ts"
import { type BlockedPair, type InSteps, patternsOf, perStep, sharedBy } from "./patterns.ts"

export interface TrainingData {
  /** All records, or a random part of at least some thousands: how common values are. */
  records: readonly Prepared[]
  /** Pairs drawn at random from everything; the more, the better rare agreements are known (100,000 and up). */
  randomPairs: Iterable<readonly [Prepared, Prepared]>
  /** Pairs that blocking brought: all, or a random part of them. */
  blockedPairs: readonly BlockedPair[]
  /** How large a part of the candidates that is, 0 to 1; 1 where not given. */
  blockedShare?: number
  /** The blocking rules by position, with the comparisons each of them fixes. */
  rules: readonly { fixes: readonly string[] }[]
  /** How many pairs there are in all: n (n - 1) / 2 among n records. */
  pairs: number
  /** Under which name a value is kept among the frequencies, so that they need not hold the value itself. */
  termKey?: (term: string) => string
}

/**
 * Learns from unlabelled pairs what agreement and disagreement of each comparison are worth.
 *
 * Fellegi and Sunter, "A Theory for Record Linkage" (JASA 64, 1969): weights from m and u. m by EM on blocked pairs:
 * Winkler, "Using the EM Algorithm for Weight Computation in the Fellegi-Sunter Model" (ASA 1988); Jaro 1989. u from
 * random pairs, each counted by how little it looks like a match, so that a small list full of twins spoils nothing.
 * Besides match and non-match there are classes of related pairs, as in Larsen and Rubin, "Iterative Automated Record
 * Linkage Using Mixture Models" (JASA 96, 2001); here they borrow m for what they share and u for the rest, so each
 * adds one number only. Comparisons count as independent within a class.
 *
 * Blocking is no bias to correct in the priors: candidates are taken as the part of all pairs that was looked at.
 */
export function trainMatcher<R>(model: MatchModel<R>, data: TrainingData): MatchParameters {
  return allSteps(trainInSteps(model, data))
}
/** As `trainMatcher`; each step takes some milliseconds, a round of EM at most some ten. */
export function* trainInSteps<R>(model: MatchModel<R>, data: TrainingData): InSteps<MatchParameters> {
  const random = yield* patternsOf(model, asPairs(data.randomPairs))
  const { estimate, rounds, settled } = yield* settle(model, {
    random,
    blocked: yield* patternsOf(model, data.blockedPairs),
    pairs: data.pairs,
    blockedShare: data.blockedShare ?? 1,
    fixes: data.rules.map(({ fixes }) => fixes),
  })
  const randomPairs = random.reduce((sum, { count }) => sum + count, 0)
  return parametersOf(model, estimate, {
    terms: yield* termFrequencies(model, estimate, data),
    trained: { rounds, settled, randomPairs, blockedPairs: data.blockedPairs.length },
  })
}
function* asPairs(pairs: TrainingData["randomPairs"]): Generator<BlockedPair> {
  for (const [one, other] of pairs) yield { one, other, rules: 0 }
}

/** Parameters before any training: what the model declares, for a workspace of `records` people or companies. */
export function untrainedParameters<R>(model: MatchModel<R>, records: number): MatchParameters {
  return parametersOf(model, startOf(model, (records * (records - 1)) / 2), {
    terms: new Map(),
    trained: { rounds: 0, settled: true, randomPairs: 0, blockedPairs: 0 },
  })
}

function parametersOf<R>(
  model: MatchModel<R>,
  { m, u, share, related }: Estimate,
  { terms, trained }: { terms: Map<string, TermFrequencies>; trained: MatchParameters["trained"] },
): MatchParameters {
  const comparisons = model.comparisons.map(({ name, levels }, index) => [
    name,
    {
      levels: levels.map((level) => level.name),
      m: [...(m[index] as Float64Array)],
      u: [...(u[index] as Float64Array)],
      terms: terms.get(name),
    },
  ])
  return {
    model: model.name,
    comparisons: Object.fromEntries(comparisons),
    share,
    related: Object.fromEntries(model.relations.map(({ name }, index) => [name, related[index] as number])),
    trained,
  }
}

/**
 * How common the values of each comparison are: Winkler, "Frequency-Based Matching in Fellegi-Sunter Model of Record
 * Linkage" (US Census Bureau RR2000/06). Twins of one record are not counted as others that say the same.
 */
function* termFrequencies<R>(
  model: MatchModel<R>,
  estimate: Estimate,
  data: TrainingData,
): InSteps<Map<string, TermFrequencies>> {
  const twins = yield* twinTerms(model, estimate, data)
  const frequencies = new Map<string, TermFrequencies>()
  for (const [index, comparison] of model.comparisons.entries()) {
    if (!comparison.terms) continue
    yield
    const counts = countTerms(comparison, data.records, index)
    if (counts.records > 1)
      frequencies.set(comparison.name, frequenciesOf(counts, twins[index], data.termKey))
  }
  return frequencies
}

function countTerms<R>({ terms }: Comparison<R>, records: readonly Prepared[], index: number) {
  const counts = new Map<string, number>()
  let known = 0
  for (const record of records) {
    const value = record[index]
    if (value === undefined) continue
    known++
    for (const term of new Set(terms?.of(value))) counts.set(term, (counts.get(term) ?? 0) + 1)
  }
  return { counts, records: known }
}

/** For each comparison, how many matching pairs agree on a term. */
function* twinTerms<R>(
  model: MatchModel<R>,
  estimate: Estimate,
  data: TrainingData,
): InSteps<Map<string, number>[]> {
  const twins = model.comparisons.map(() => new Map<string, number>())
  const ratios = logRatios(estimate)
  const shared = sharedBy(model)
  for (const [position, { one, other }] of data.blockedPairs.entries()) {
    if (position % perStep === 0) yield
    const levels = levelsOf(model, one, other)
    const { match } = classOdds(estimate, ratios, shared, levels)
    if (match < 0.01) continue
    model.comparisons.forEach(({ terms }, index) => {
      const term = levels[index] === 0 ? terms?.shared(one[index], other[index]) : undefined
      const known = twins[index]
      if (term !== undefined && known)
        known.set(term, (known.get(term) ?? 0) + match / (data.blockedShare ?? 1))
    })
  }
  return twins
}

function frequenciesOf(
  { counts, records }: { counts: Map<string, number>; records: number },
  twins: ReadonlyMap<string, number> = new Map(),
  termKey: (term: string) => string = (term) => term,
): TermFrequencies {
  const rare = 1 / records
  const of: Record<string, number> = {}
  let agreeing = 0
  for (const [term, count] of counts) {
    const others = Math.max(0, count - 1 - (2 * (twins.get(term) ?? 0)) / count)
    agreeing += others * count
    // One more than seen: that nobody else is called so is known of those here only.
    if (others >= 1) of[termKey(term)] = (others + 1) / records
  }
  return { usual: Math.max(rare, agreeing / (records * (records - 1))), rare, of }
}
