import { leastShare } from "../share-range.ts"
import type { InSteps } from "../steps.ts"
import { amountOf, choiceOf, type Example, type Feature, tagsOf } from "./features.ts"
import { problemOf } from "./fit.ts"
import { balancedSample, bestOutOfFold } from "./folds.ts"
import { areaUnder } from "./quality.ts"

/**
 * Guards against fields that know the outcome because they were filled with it: Kaufman, Rosset, Perlich, "Leakage in
 * Data Mining" (KDD 2011). A leak makes a score look splendid on what is over and worthless on what is to come.
 */

/** What the history says of one feature. */
export interface LateCount {
  /** Examples of one outcome in whose record the field was first filled or changed at or after the outcome. */
  late: number
  /** All examples of that outcome. */
  of: number
}
/** That a few were corrected afterwards happens to any field. */
const bearableShare = 0.02
const bearable = 2

/** Whether the history says that a field is filled with the outcome; counts of either outcome, or of one. */
export function isFilledAfterwards(counts: readonly LateCount[]): boolean {
  return counts.some(({ late, of }) => late > bearable && late > bearableShare * of)
}

/** A feature that predicts suspiciously well all by itself. */
export interface Telling {
  feature: string
  /** How well it ranks alone, foretelling what it has not seen; see `Quality.auc`. */
  auc: number
  /** Values that nearly settle the outcome; null: filled in with anything, or left empty. */
  values: TellingValue[]
}
export interface TellingValue {
  value: string | null
  filled: boolean
  examples: number
  converted: number
}

/**
 * What people enter before the outcome ranks at 0.5 to 0.75 when it stands alone; the length of the very call in
 * which somebody said yes, at 0.81.
 */
const suspiciousAuc = 0.78
/** So large a share, at least, of those with a value converts, and at most half of all. */
const settlingShare = 0.9
/** So many examples are enough to see how well a feature ranks. */
const mostForRanking = 10_000
/** Examples taken in one step. */
const perStep = 5_000

/** The features to ask about before they are used. */
export function* tellingFeatures(
  features: readonly Feature[],
  examples: readonly Example[],
): InSteps<Telling[]> {
  const telling: Telling[] = []
  const sample = balancedSample(examples, ({ outcome }) => outcome, mostForRanking)
  for (const feature of features) {
    const auc = yield* aucAlone(feature, sample)
    const values = yield* settlingValues(feature, examples)
    if (auc >= suspiciousAuc || values.length > 0) telling.push({ feature: feature.key, auc, values })
  }
  return telling
}

function* aucAlone(feature: Feature, examples: readonly Example[]): InSteps<number> {
  const { places, problem } = yield* problemOf([feature], examples)
  if (places.length === 0) return 0.5
  const { logits } = yield* bestOutOfFold(problem, [1], { foldCount: 3 })
  return areaUnder(
    logits,
    examples.map(({ outcome }) => outcome),
  )
}

function* settlingValues(feature: Feature, examples: readonly Example[]): InSteps<TellingValue[]> {
  const share = examples.filter(({ outcome }) => outcome).length / examples.length
  if (share > 0.5) return []
  const empty: TellingValue = { value: null, filled: false, examples: 0, converted: 0 }
  const filled: TellingValue = { ...empty, filled: true }
  const counts = new Map<string, TellingValue>()
  for (const [index, example] of examples.entries()) {
    if (index % perStep === 0) yield
    const values = valuesOf(feature, example)
    for (const value of values)
      if (!counts.has(value)) counts.set(value, { ...filled, value, examples: 0, converted: 0 })
    const some = values.length > 0 || amountOf(feature, example) !== undefined
    for (const group of [
      some ? filled : empty,
      ...values.map((value) => counts.get(value) as TellingValue),
    ]) {
      group.examples++
      group.converted += Number(example.outcome)
    }
  }
  return [empty, filled, ...counts.values()].filter(
    ({ examples, converted }) => leastShare(converted, examples) > settlingShare,
  )
}
function valuesOf(feature: Feature, example: Example): string[] {
  if (feature.kind === "tags") return [...tagsOf(feature, example)]
  return feature.kind === "choice" || feature.kind === "boolean"
    ? [choiceOf(feature, example) ?? []].flat()
    : []
}
