import type { MatchModel } from "./model.ts"
import { evidence, type InSteps, type LogRatios, type Pattern, sharedBy } from "./patterns.ts"

/** What EM looks for: frequencies by comparison and level, and how common matches and relations are. */
export interface Estimate {
  m: Float64Array[]
  u: Float64Array[]
  share: number
  related: number[]
}
export interface Observed {
  blocked: readonly Pattern[]
  random: readonly Pattern[]
  /** How many pairs there are in all, seen or not. */
  pairs: number
  /** How large a share of all candidates `blocked` holds, 0 to 1. */
  blockedShare: number
  /** For each blocking rule, the comparisons that agree because of it. */
  fixes: readonly (readonly string[])[]
}

/** The declared values weigh like this many matching pairs: small workspaces lean on them, large ones forget them. */
const priorMatches = 20
const priorRandom = 1000
const maxRounds = 200
const isSettledBelow = 1e-4

/** How many twins a record has on average, before any data were seen. */
const twinsPerRecord = 0.2

/** Where EM starts, and what holds where there is nothing to learn from. */
export function startOf<R>(model: MatchModel<R>, pairs: number): Estimate {
  const records = Math.max(2, Math.sqrt(2 * pairs))
  return {
    m: model.comparisons.map(({ levels }) => normalised(levels.map(({ m }) => m))),
    u: model.comparisons.map(({ levels }) => normalised(levels.map(({ u }) => u))),
    ...bounded(
      twinsPerRecord / (2 * records),
      model.relations.map(({ perRecord }) => perRecord / (2 * records)),
    ),
  }
}

/** Among a few records, more may seem related than there are pairs: half of them is as much as is believed. */
function bounded(share: number, related: readonly number[]): Pick<Estimate, "share" | "related"> {
  const sum = related.reduce((total, value) => total + value, share)
  const scale = Math.min(1, 0.5 / sum)
  return { share: share * scale, related: related.map((value) => value * scale) }
}
function normalised(values: readonly number[]): Float64Array {
  const sum = values.reduce((total, value) => total + value, 0)
  return Float64Array.from(values, (value) => value / sum)
}

export function logRatios({ m, u }: Pick<Estimate, "m" | "u">): LogRatios {
  return m.map((values, index) =>
    values.map((value, level) => Math.log(value / (u[index]?.[level] as number))),
  )
}

interface Settled {
  estimate: Estimate
  rounds: number
  settled: boolean
}
/** Repeats expectation and maximisation until nothing moves. */
export function* settle<R>(model: MatchModel<R>, observed: Observed): InSteps<Settled> {
  const prior = startOf(model, observed.pairs)
  const shared = sharedBy(model)
  const teaches = eligibility(model, observed)
  let estimate = prior
  for (let round = 1; round <= maxRounds; round++) {
    const next = improved(estimate, { prior, shared, teaches, observed })
    const moved = distance(estimate, next)
    estimate = next
    if (moved < isSettledBelow) return { estimate, rounds: round, settled: true }
    yield
  }
  return { estimate, rounds: maxRounds, settled: false }
}

/**
 * Of which comparisons a blocked pattern teaches m: those that did not bring it here. Pairs that share a surname by
 * selection say nothing of how often matching surnames agree.
 */
function eligibility<R>(model: MatchModel<R>, { blocked, fixes }: Observed): boolean[][] {
  const names = model.comparisons.map(({ name }) => name)
  const byRules = new Map<number, boolean[]>()
  return blocked.map(({ rules }) => {
    const known = byRules.get(rules)
    if (known) return known
    const bringing = fixes.filter((_, bit) => (rules & (1 << bit)) !== 0)
    const answer = names.map(
      (name) => bringing.length === 0 || bringing.some((fixed) => !fixed.includes(name)),
    )
    byRules.set(rules, answer)
    return answer
  })
}

interface Step {
  prior: Estimate
  shared: boolean[][]
  teaches: boolean[][]
  observed: Observed
}

/** One round: the probability of each pattern under the estimate, then the estimate under these probabilities. */
function improved(estimate: Estimate, { prior, shared, teaches, observed }: Step): Estimate {
  const ratios = logRatios(estimate)
  const m = prior.m.map((values) => values.map((value) => value * priorMatches))
  const u = prior.u.map((values) => values.map(() => 0))
  // Half a pair, where one a record is expected: that nothing was seen does not make it impossible.
  const half = 0.5 / (prior.share / twinsPerRecord)
  const related = prior.related.map((share) => share * half)
  let matches = prior.share * half
  observed.blocked.forEach((pattern, index) => {
    const odds = classOdds(estimate, ratios, shared, pattern.levels)
    matches += odds.match * pattern.count
    odds.related.forEach((probability, relation) => {
      related[relation]! += probability * pattern.count
    })
    add(m, pattern, odds.match, teaches[index])
  })
  for (const pattern of observed.random)
    add(u, pattern, classOdds(estimate, ratios, shared, pattern.levels).unrelated)
  const seen = Math.max(1, observed.pairs * observed.blockedShare)
  return {
    m: m.map(normalisedArray),
    u: u.map((counts, index) => unrelatedFrequencies(counts, prior.u[index] as Float64Array)),
    ...bounded(
      matches / seen,
      related.map((count) => count / seen),
    ),
  }
}

function add(
  sums: Float64Array[],
  { levels, count }: Pattern,
  probability: number,
  counts?: boolean[],
): void {
  for (let index = 0; index < levels.length; index++) {
    const level = levels[index] as number
    if (level >= 0 && (counts === undefined || counts[index])) sums[index]![level]! += probability * count
  }
}
function normalisedArray(values: Float64Array): Float64Array {
  const sum = values.reduce((total, value) => total + value, 0)
  return values.map((value) => value / sum)
}

/** What random pairs have not shown is rarer than half of one of them, and no more usual than declared. */
function unrelatedFrequencies(counts: Float64Array, prior: Float64Array): Float64Array {
  const sum = counts.reduce((total, value) => total + value, 0)
  return normalisedArray(
    counts.map((count, level) => {
      const declared = prior[level] as number
      const blended = (count + declared * priorRandom) / (sum + priorRandom)
      return Math.max(blended, Math.min(declared, 0.5 / (sum + 1)))
    }),
  )
}

/** Probabilities that a pair is a match, related in one of the model's ways, or nothing to each other. */
export function classOdds(
  { share, related }: Pick<Estimate, "share" | "related">,
  ratios: LogRatios,
  shared: readonly (readonly boolean[])[],
  levels: Int8Array,
): { match: number; related: number[]; unrelated: number } {
  const match = share * Math.exp(evidence(ratios, levels))
  const relations = shared.map(
    (counts, relation) => (related[relation] as number) * Math.exp(evidence(ratios, levels, counts)),
  )
  const unrelated = 1 - share - related.reduce((sum, value) => sum + value, 0)
  const sum = match + unrelated + relations.reduce((total, value) => total + value, 0)
  return { match: match / sum, related: relations.map((value) => value / sum), unrelated: unrelated / sum }
}

function distance(one: Estimate, other: Estimate): number {
  const moved = one.m.flatMap((values, index) =>
    [...values].map((value, level) => Math.abs(value - (other.m[index]?.[level] as number))),
  )
  return Math.max(...moved, Math.abs(Math.log(one.share / other.share)))
}
