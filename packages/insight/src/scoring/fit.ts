import { allSteps, type InSteps } from "../steps.ts"
import type { Example, Feature } from "./features.ts"
import { balancedSample, bestOutOfFold, sampleOf } from "./folds.ts"
import { fitLogistic, type Problem } from "./logistic.ts"
import type { Effect, ScoreModel } from "./model.ts"
import { emitAmount, type Placed, placed, type Rows, rowsOf, rowsOfNumbers } from "./rows.ts"
import { type Shape, shapeOf } from "./shapes.ts"

/** From effects of next to nothing to effects of any size. */
const penalties = [1000, 300, 100, 30, 10, 3, 1, 0.3]

/** So many examples, drawn at random, are enough to choose the penalty. */
const mostForChoosing = 10_000
/** And so many to see which values occur. */
const mostForShapes = 10_000

/**
 * Learns from all these examples, and from nothing else, how likely the outcome is: regularised logistic regression,
 * the penalty chosen on five folds, the log odds calibrated on what each fold's model foretold of the fold it had not
 * seen. Whoever wants to know how good it is keeps examples back, see `trainScore`. The same examples in the same
 * order give the same model.
 */
export function fitScore(features: readonly Feature[], examples: readonly Example[]): ScoreModel {
  return allSteps(fitScoreInSteps(features, examples))
}
/** As `fitScore`; a step takes some milliseconds. `chosen` is a penalty found before. */
export function* fitScoreInSteps(
  features: readonly Feature[],
  examples: readonly Example[],
  chosen?: number,
): InSteps<ScoreModel> {
  const { places, problem } = yield* problemOf(features, examples)
  const picked = balancedSample(problem.picked, (row) => problem.outcomes[row] === 1, mostForChoosing)
  const penalty = chosen ?? (yield* bestOutOfFold({ ...problem, picked }, penalties)).penalty
  const fit = yield* fitLogistic(problem, penalty)
  const { logits } = yield* bestOutOfFold(problem, [penalty], { start: fit })
  const calibration = yield* calibrationOf(problem.outcomes, logits)
  const calibrated = fit.weights.map((weight) => weight * calibration.slope)
  calibrated[0]! += calibration.intercept
  const means = meansOf(problem.rows, examples.length)
  return {
    version: 1,
    base: calibrated.reduce((sum, weight, column) => sum + weight * (means[column] as number), 0),
    effects: places.map((place) => effectOf(place, calibrated, means)),
    trained: {
      examples: examples.length,
      converted: problem.outcomes.reduce((sum, outcome) => sum + outcome, 0),
      penalty,
      calibration,
    },
  }
}

/** Enough examples to see which values occur. */
export function seenForShapes(examples: readonly Example[]): Example[] {
  return sampleOf(examples, mostForShapes)
}

/** The examples as numbers. */
export function* problemOf(
  features: readonly Feature[],
  examples: readonly Example[],
): InSteps<{ places: Placed[]; problem: Problem }> {
  const sample = seenForShapes(examples)
  const shapes: Shape[] = []
  for (const feature of features) {
    yield
    const shape = shapeOf(feature, sample)
    if (shape) shapes.push(shape)
  }
  const places = placed(shapes)
  const rows = yield* rowsOf(places, examples)
  const outcomes = Uint8Array.from(examples, ({ outcome }) => Number(outcome))
  const picked = examples.map((_, row) => row)
  return { places, problem: { rows, outcomes, picked } }
}

/**
 * Platt, "Probabilistic Outputs for Support Vector Machines" (Advances in Large Margin Classifiers, 1999): a second
 * logistic regression of the outcomes on the log odds. One line for all, unlike isotonic regression, leaves the score
 * a sum of contributions.
 */
function* calibrationOf(outcomes: Uint8Array, logits: Float64Array) {
  const picked = Array.from(outcomes, (_, row) => row)
  const { weights } = yield* fitLogistic({ rows: rowsOfNumbers(logits), outcomes, picked }, 1e-3)
  const [intercept = 0, slope = 1] = weights
  return { slope: Math.max(0, slope), intercept }
}

function meansOf({ width, columns, amounts, starts }: Rows, count: number): Float64Array {
  const means = new Float64Array(width)
  for (let index = 0; index < (starts[count] as number); index++)
    means[columns[index] as number]! += (amounts[index] as number) / count
  return means
}

/** The columns' weights read as contributions of values. */
function effectOf({ shape, first, width }: Placed, weights: Float64Array, means: Float64Array): Effect {
  const own = weights.subarray(first, first + width)
  const share = means.subarray(first, first + width)
  const mean = own.reduce((sum, weight, index) => sum + weight * (share[index] as number), 0)
  const at = (index: number) => (own[index] as number) - mean
  const { key } = shape
  if (shape.kind === "tags") {
    const values = shape.values.map((value, index) => {
      const absent = -(own[index] as number) * (share[index] as number)
      return { value, present: (own[index] as number) + absent, absent }
    })
    return { key, kind: shape.kind, values }
  }
  const missing = shape.missing ? at(width - 1) : 0
  if ("values" in shape) {
    const values = shape.values.map((value, index) => ({ value, contribution: at(index) }))
    return { key, kind: shape.kind, values, other: shape.other ? at(values.length) : 0, missing }
  }
  const contributions = shape.knots.map((knot) => {
    let sum = -mean
    emitAmount(shape, 0, knot, (column, amount) => {
      sum += (own[column] as number) * amount
    })
    return sum
  })
  return { key, kind: shape.kind, knots: shape.knots, contributions, missing }
}
