/** One way in which two values can relate, with what is believed before any data were seen. */
export interface Level {
  /** As in "same", "similar", "different": named in reasons. */
  name: string
  /** How often the values of one and the same person or company relate like this, 0 to 1. */
  m: number
  /** How often those of two that have nothing to do with each other do. */
  u: number
}

/** The level of a pair of which one side is unknown: it says nothing and weighs nothing. */
export const unknown = -1

/**
 * Compares one thing two records say of themselves. `prepare` runs once a record, `compare` once a pair.
 * `R` is the record, `P` what is kept of it.
 */
export interface Comparison<R, P = unknown> {
  name: string
  /** From most alike to different. */
  levels: readonly Level[]
  /** Folds and takes apart; `undefined` where the record says nothing. */
  prepare(record: R): P | undefined
  /** Position in `levels`, or `unknown` where the two can't be compared after all. */
  compare(one: P, other: P): number
  /** Where a rare common value tells more than a usual one: agreement on "Zywicki" against "Smith". */
  terms?: {
    of(value: P): readonly string[]
    /** The value two agree on at the first level. */
    shared(one: P, other: P): string | undefined
  }
}

/**
 * What a match model of a kind of record consists of. Plain data with functions: the same model prepares, trains
 * and scores.
 */
export interface MatchModel<R> {
  /** Stands in the parameters; give it another number when comparisons or levels change. */
  name: string
  comparisons: readonly Comparison<R>[]
  /**
   * Ways to be close without being the same: who is of one family shares surname and address, colleagues share the
   * company's telephone. Each names the comparisons that agree for that reason alone.
   */
  relations: readonly Relation[]
}
export interface Relation {
  name: string
  shares: readonly string[]
  /** How many such relatives a record has on average, before any data were seen. */
  perRecord: number
}

/** What is kept of a record to compare it, one value a comparison. */
export type Prepared = readonly unknown[]

export function prepareRecord<R>(model: MatchModel<R>, record: R): Prepared {
  return model.comparisons.map((comparison) => comparison.prepare(record))
}

/** The level of each comparison for a pair, in the model's order. */
export function levelsOf<R>(model: MatchModel<R>, one: Prepared, other: Prepared): Int8Array {
  const levels = new Int8Array(model.comparisons.length)
  for (let index = 0; index < levels.length; index++) {
    const left = one[index]
    const right = other[index]
    levels[index] =
      left === undefined || right === undefined
        ? unknown
        : (model.comparisons[index] as Comparison<R>).compare(left, right)
  }
  return levels
}

/**
 * What training found, as JSON. It holds frequent values (names, towns) of the records: keep it where the records are.
 */
export interface MatchParameters {
  model: string
  comparisons: Record<string, ComparisonParameters>
  /** How large a share of all pairs of records is one and the same. */
  share: number
  /** The same for each relation of the model. */
  related: Record<string, number>
  trained: { rounds: number; settled: boolean; randomPairs: number; blockedPairs: number }
}
export interface ComparisonParameters {
  levels: readonly string[]
  m: readonly number[]
  u: readonly number[]
  terms?: TermFrequencies
}
/** How likely an unrelated record says the same; values not listed are as rare as `rare`. */
export interface TermFrequencies {
  usual: number
  rare: number
  of: Record<string, number>
}
