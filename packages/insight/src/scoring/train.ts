import { allSteps, type InSteps } from "../steps.ts"
import type { Example, Feature } from "./features.ts"
import { fitScoreInSteps, seenForShapes } from "./fit.ts"
import { isFilledAfterwards, type LateCount, type Telling, tellingFeatures } from "./leaks.ts"
import { type ScoreModel, scoreOf } from "./model.ts"
import { type Quality, qualityOf } from "./quality.ts"
import { shapeOf } from "./shapes.ts"

export interface TrainingOptions {
  /** By features' keys, from the records' history: counts for converted ones, for the others, or both. */
  late?: Readonly<Record<string, readonly LateCount[]>>
  /** Features the owner has said are known before the outcome, however well they predict. */
  trusted?: readonly string[]
}
export type Training = Trained | NotTrained
export interface Trained {
  trained: true
  /** Learned from all examples, the ones kept back for measuring included. */
  model: ScoreModel
  /** On examples kept back from a model that was made in the same way of the others. */
  quality: Quality
  keptBack: KeptBack
  leftOut: LeftOut[]
}
export interface NotTrained {
  trained: false
  why: "tooFewOutcomes" | "nothingToLearnFrom" | "noBetterThanChance"
  converted: number
  others: number
  /** How many of each outcome it takes. */
  needed: number
  /** Where it was no better than chance. */
  quality?: Quality
  leftOut: LeftOut[]
}
/** Which examples were kept back: the latest, from that instant on, or each fifth where the latest say too little. */
export type KeptBack = { which: "latest"; from: number } | { which: "spread" }
/** Features that were not used, and why; `tooTelling` is a question to the owner. */
export type LeftOut =
  | { why: "filledAfterwards"; feature: string; late: readonly LateCount[] }
  | ({ why: "tooTelling" } & Telling)
  | { why: "alwaysTheSame"; feature: string }

/** Of each outcome. Ten for each of five effects: Peduzzi et al. (Journal of Clinical Epidemiology 49, 1996). */
const needed = 50
const keptBackEach = 5
/** So many of either outcome must be among the latest for these to be the ones kept back. */
const fewestKeptBack = 10

/**
 * The whole way: leaves out what the history says comes after the outcome, asks about what predicts too well, keeps a
 * fifth back, measures on that, and learns from everything; or says why not. Judged is what comes later than what was
 * learned from, as in use.
 */
export function trainScore(
  features: readonly Feature[],
  examples: readonly Example[],
  options: TrainingOptions = {},
): Training {
  return allSteps(trainScoreInSteps(features, examples, options))
}
/** As `trainScore`; a step takes some milliseconds. */
export function* trainScoreInSteps(
  features: readonly Feature[],
  examples: readonly Example[],
  { late = {}, trusted = [] }: TrainingOptions = {},
): InSteps<Training> {
  const converted = examples.filter(({ outcome }) => outcome).length
  const others = examples.length - converted
  const refused = { trained: false as const, converted, others, needed }
  if (Math.min(converted, others) < needed) return { ...refused, why: "tooFewOutcomes", leftOut: [] }

  const { earlier, later, keptBack } = parted(examples)
  const leftOut = yield* unfit(features, earlier, { late, trusted })
  const unused = new Set(leftOut.map(({ feature }) => feature))
  const used = features.filter(({ key }) => !unused.has(key))
  if (used.length === 0) return { ...refused, why: "nothingToLearnFrom", leftOut }

  const trial = yield* fitScoreInSteps(used, earlier)
  const likelihoods: number[] = []
  for (const example of later) {
    if (likelihoods.length % 500 === 0) yield
    likelihoods.push(scoreOf(trial, example).likelihood)
  }
  const quality = qualityOf(
    likelihoods,
    later.map(({ outcome }) => outcome),
  )
  if (quality.auc.low <= 0.5) return { ...refused, why: "noBetterThanChance", quality, leftOut }
  const model = yield* fitScoreInSteps(used, examples, trial.trained.penalty)
  return { trained: true, model, quality, keptBack, leftOut }
}

function* unfit(
  features: readonly Feature[],
  examples: readonly Example[],
  { late, trusted }: Required<TrainingOptions>,
): InSteps<LeftOut[]> {
  const leftOut: LeftOut[] = []
  const sample = seenForShapes(examples)
  for (const feature of features) {
    const counts = Object.hasOwn(late, feature.key) ? (late[feature.key] ?? []) : []
    if (isFilledAfterwards(counts))
      leftOut.push({ why: "filledAfterwards", feature: feature.key, late: counts })
    else if (!shapeOf(feature, sample)) leftOut.push({ why: "alwaysTheSame", feature: feature.key })
    yield
  }
  const settled = new Set([...trusted, ...leftOut.map(({ feature }) => feature)])
  const asked = yield* tellingFeatures(
    features.filter(({ key }) => !settled.has(key)),
    examples,
  )
  return [...leftOut, ...asked.map((telling) => ({ why: "tooTelling" as const, ...telling }))]
}

/** Those to learn from and those to measure on. */
function parted(examples: readonly Example[]) {
  const ordered = examples.toSorted((one, other) => one.at - other.at)
  const edge = ordered.length - Math.floor(ordered.length / keptBackEach)
  const from = ordered[edge]?.at as number
  const earlier = ordered.filter(({ at }) => at < from)
  const later = ordered.slice(earlier.length)
  if (earlier.length >= edge / 2 && tells(earlier) && tells(later))
    return { earlier, later, keptBack: { which: "latest", from } satisfies KeptBack }
  // Each outcome by itself, so that both are on either side.
  const kept = [true, false].flatMap((outcome) =>
    ordered.filter((example) => example.outcome === outcome).filter((_, index) => index % keptBackEach === 0),
  )
  const aside = new Set(kept)
  return {
    earlier: ordered.filter((example) => !aside.has(example)),
    later: kept,
    keptBack: { which: "spread" } satisfies KeptBack,
  }
}
function tells(examples: readonly Example[]): boolean {
  const converted = examples.filter(({ outcome }) => outcome).length
  return Math.min(converted, examples.length - converted) >= fewestKeptBack
}
