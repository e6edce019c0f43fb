import type { InSteps } from "../steps.ts"
import { levelsOf, type MatchModel, type Prepared, unknown } from "./model.ts"

/** How often pairs relate in one certain way: what EM needs of them. */
export interface Pattern {
  /** The level of each comparison. */
  levels: Int8Array
  /** The blocking rules that brought these pairs, as bits. */
  rules: number
  count: number
}

/** Two records that share a blocking key. */
export interface BlockedPair {
  one: Prepared
  other: Prepared
  /** Bit n stands for rule n of the list: which rules brought the pair. */
  rules: number
}

export type { InSteps }

/** Pairs looked at in one step. */
export const perStep = 200

/** Sums pairs up: a hundred thousand pairs are a few thousand patterns. */
export function* patternsOf<R>(model: MatchModel<R>, pairs: Iterable<BlockedPair>): InSteps<Pattern[]> {
  const found = new Map<string, Pattern>()
  let seen = 0
  for (const { one, other, rules } of pairs) {
    if (++seen % perStep === 0) yield
    const levels = levelsOf(model, one, other)
    const key = `${rules}:${levels.join()}`
    const known = found.get(key)
    if (known) known.count++
    else found.set(key, { levels, rules, count: 1 })
  }
  return [...found.values()]
}

/** Natural logarithms of m/u, by comparison and level. */
export type LogRatios = readonly Float64Array[]

/** Sum of the log ratios of a pattern, over the comparisons of which `counts` is true. */
export function evidence(ratios: LogRatios, levels: Int8Array, counts?: readonly boolean[]): number {
  let sum = 0
  for (let index = 0; index < levels.length; index++) {
    const level = levels[index] as number
    if (level !== unknown && (counts === undefined || counts[index])) sum += ratios[index]?.[level] as number
  }
  return sum
}

/** For each relation of the model: which comparisons agree because of it. */
export function sharedBy<R>(model: MatchModel<R>): boolean[][] {
  return model.relations.map(({ shares }) => model.comparisons.map(({ name }) => shares.includes(name)))
}
