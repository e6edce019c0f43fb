/** How good foretold likelihoods were. */
export interface Quality {
  examples: number
  converted: number
  /**
   * How often one that converted was ranked above one that did not: 0.5 is chance, 1 is perfect. `low` to `high` is
   * its 95 % range: Hanley, McNeil, "The Meaning and Use of the Area under a ROC Curve" (Radiology 143, 1982).
   */
  auc: { value: number; low: number; high: number }
  /** Mean squared error of the likelihoods: Brier (Monthly Weather Review 78, 1950). */
  brier: number
  /** The same for somebody who says the share of all each time. */
  brierOfShare: number
  /** The ranked highest, as shares of all; what ties at the edge counts in part. */
  top: Top[]
  /** Up to ten groups of the same size, from unlikely to likely. */
  calibration: CalibrationGroup[]
  /** How far foretold and seen share are apart in these groups, on average. */
  calibrationError: number
}
export interface Top {
  /** "Of the 20 % ranked highest ... */
  share: number
  /** ... 61 % became customers", ... */
  rate: number
  /** ... "that is 45 % of all who did", ... */
  captured: number
  /** ... "three times as many as in a random choice". */
  lift: number
}
export interface CalibrationGroup {
  examples: number
  /** Mean likelihood foretold. */
  foretold: number
  /** The share that converted. */
  seen: number
}

const shares = [0.1, 0.2, 0.3, 0.5]
const groupCount = 10

/**
 * Measures likelihoods (0 to 1) against what came of them.
 *
 * @throws Error where there is none of either outcome.
 */
export function qualityOf(likelihoods: ArrayLike<number>, outcomes: ArrayLike<boolean>): Quality {
  const foretold = ranked(likelihoods, outcomes)
  const examples = foretold.length
  const converted = sumOf(foretold, ({ outcome }) => outcome)
  if (converted === 0 || converted === examples) throw new Error("Quality needs examples of either outcome.")
  const share = converted / examples
  const calibration = groupsOf(foretold)
  return {
    examples,
    converted,
    auc: withRange(rankingOf(foretold), converted, examples - converted),
    brier: sumOf(foretold, ({ likelihood, outcome }) => (likelihood - outcome) ** 2) / examples,
    brierOfShare: share * (1 - share),
    top: shares.map((part) => {
      const found = foundAmong(foretold, part * examples)
      const rate = found / (part * examples)
      return { share: part, rate, captured: found / converted, lift: rate / share }
    }),
    calibration,
    calibrationError:
      sumOf(calibration, (group) => group.examples * Math.abs(group.foretold - group.seen)) / examples,
  }
}

interface Foretold {
  likelihood: number
  outcome: number
}

function ranked(scores: ArrayLike<number>, outcomes: ArrayLike<boolean>): Foretold[] {
  return Array.from(scores, (likelihood, index) => ({ likelihood, outcome: Number(outcomes[index]) })).sort(
    (one, other) => other.likelihood - one.likelihood,
  )
}

/** The area under the curve alone, for any scores of which higher is likelier. */
export function areaUnder(scores: ArrayLike<number>, outcomes: ArrayLike<boolean>): number {
  return rankingOf(ranked(scores, outcomes))
}

/** Mann and Whitney's statistic as a share; ties count half. */
function rankingOf(foretold: readonly Foretold[]): number {
  const converted = sumOf(foretold, ({ outcome }) => outcome)
  let above = 0
  let area = 0
  for (const { examples, found } of tiesOf(foretold)) {
    area += (examples - found) * (above + found / 2)
    above += found
  }
  return area / (converted * (foretold.length - converted))
}

function withRange(value: number, converted: number, others: number): Quality["auc"] {
  const both = value / (2 - value)
  const square = (2 * value ** 2) / (1 + value)
  const variance =
    value * (1 - value) + (converted - 1) * (both - value ** 2) + (others - 1) * (square - value ** 2)
  const reach = 1.96 * Math.sqrt(Math.max(0, variance) / (converted * others))
  return { value, low: Math.max(0, value - reach), high: Math.min(1, value + reach) }
}

/** How many converted among the first `count`. */
function foundAmong(foretold: readonly Foretold[], count: number): number {
  let left = count
  let sum = 0
  for (const { examples, found } of tiesOf(foretold)) {
    sum += (found * Math.min(left, examples)) / examples
    left -= examples
    if (left <= 0) break
  }
  return sum
}

/** Those of the same likelihood together. */
function* tiesOf(foretold: readonly Foretold[]): Generator<{ examples: number; found: number }> {
  for (let first = 0; first < foretold.length; ) {
    let [end, found] = [first, 0]
    while (end < foretold.length && foretold[end]?.likelihood === foretold[first]?.likelihood)
      found += foretold[end++]?.outcome ?? 0
    yield { examples: end - first, found }
    first = end
  }
}

function groupsOf(foretold: readonly Foretold[]): CalibrationGroup[] {
  const rising = foretold.toReversed()
  const groups = Math.min(groupCount, rising.length)
  return Array.from({ length: groups }, (_, group) => {
    const edge = (place: number) => Math.round((place * rising.length) / groups)
    const members = rising.slice(edge(group), edge(group + 1))
    return {
      examples: members.length,
      foretold: sumOf(members, ({ likelihood }) => likelihood) / members.length,
      seen: sumOf(members, ({ outcome }) => outcome) / members.length,
    }
  })
}

function sumOf<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((sum, item) => sum + amount(item), 0)
}
