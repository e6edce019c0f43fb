import type { InSteps } from "../steps.ts"
import { factorise, solve } from "./cholesky.ts"
import type { Rows } from "./rows.ts"

export interface Problem {
  rows: Rows
  /** 1 where it came out so, else 0; one a row. */
  outcomes: Uint8Array
  /** The rows to learn from. */
  picked: readonly number[]
}
export interface Fit {
  weights: Float64Array
  /** Second derivatives of the rows' part where they were last computed; the next fit may begin with them. */
  curvature: Float64Array
}

const mostRounds = 100
/** The fit ends where the best step would make the log likelihood better by no more than this: far less than chance moves it. */
const settled = 1e-3
/** Rows taken in one step. */
const perStep = 250

/**
 * Logistic regression with a ridge: the weights that make -log likelihood + penalty / 2 · Σ weight² least, the intercept left free.
 * le Cessie, van Houwelingen, "Ridge Estimators in Logistic Regression" (Applied Statistics 41, 1992), by Newton's
 * method with halved steps. Second derivatives are the dear part: they are kept as long as steps with them go well.
 * The penalty is a matter of how large effects are (1 / variance of the weights), not of how many rows there are.
 */
export function* fitLogistic(problem: Problem, penalty: number, start?: Fit): InSteps<Fit> {
  let weights = start?.weights ?? firstWeights(problem)
  let at = yield* evaluate(problem, penalty, weights)
  let curvature = start?.curvature ?? (yield* curvatureOf(problem, at.shares))
  let factor = yield* factorOf(curvature, penalty)
  let fresh = !start
  let last = Number.POSITIVE_INFINITY
  for (let round = 0; round < mostRounds; round++) {
    let direction = solve(factor, at.gradient)
    let gain = dot(direction, at.gradient)
    if (gain < settled) break
    if (!fresh && gain > last / 10) {
      curvature = yield* curvatureOf(problem, at.shares)
      factor = yield* factorOf(curvature, penalty)
      direction = solve(factor, at.gradient)
      gain = dot(direction, at.gradient)
      fresh = true
    }
    const next = yield* walk(problem, penalty, { weights, value: at.value, direction })
    if (!next && fresh) break
    last = next ? gain : 0
    if (next) ({ weights, at } = next)
    fresh = false
  }
  return { weights, curvature }
}

/** No effects yet: as likely as the share of all. */
function firstWeights({ rows, outcomes, picked }: Problem): Float64Array {
  const weights = new Float64Array(rows.width)
  let positive = 0
  for (const row of picked) positive += outcomes[row] as number
  weights[0] = Math.log((positive + 0.5) / (picked.length - positive + 0.5))
  return weights
}

interface Evaluation {
  value: number
  /** Downhill: the negative first derivatives. */
  gradient: Float64Array
  /** By position in `picked`: how likely the weights say it is. */
  shares: Float64Array
}
function* evaluate(problem: Problem, penalty: number, weights: Float64Array): InSteps<Evaluation> {
  const { rows, outcomes, picked } = problem
  const { starts, columns, amounts } = rows
  const gradient = new Float64Array(rows.width)
  const shares = new Float64Array(picked.length)
  let value = 0
  for (let position = 0; position < picked.length; position++) {
    if (position % (4 * perStep) === 0) yield
    const row = picked[position] as number
    const logit = logitOf(rows, row, weights)
    const share = likelihood(logit)
    const outcome = outcomes[row] as number
    shares[position] = share
    value += logLoss(logit, outcome)
    const error = outcome - share
    for (let index = starts[row] as number; index < (starts[row + 1] as number); index++)
      gradient[columns[index] as number]! += error * (amounts[index] as number)
  }
  for (let column = 1; column < weights.length; column++) {
    const pull = penalty * (weights[column] as number)
    gradient[column]! -= pull
    value += (pull * (weights[column] as number)) / 2
  }
  return { value, gradient, shares }
}

/** Goes as far as it leads down: the whole way, half of it, a quarter ... */
function* walk(
  problem: Problem,
  penalty: number,
  { weights, value, direction }: { weights: Float64Array; value: number; direction: Float64Array },
): InSteps<{ weights: Float64Array; at: Evaluation } | undefined> {
  for (let part = 1; part > 1e-6; part /= 2) {
    const reached = weights.map((weight, column) => weight + part * (direction[column] as number))
    const at = yield* evaluate(problem, penalty, reached)
    if (at.value < value) return { weights: reached, at }
  }
  return undefined
}

function* curvatureOf({ rows, picked }: Problem, shares: Float64Array): InSteps<Float64Array> {
  const { width, starts, columns, amounts } = rows
  const matrix = new Float64Array(width * width)
  for (let position = 0; position < picked.length; position++) {
    if (position % perStep === 0) yield
    const row = picked[position] as number
    const share = shares[position] as number
    const first = starts[row] as number
    const end = starts[row + 1] as number
    for (let one = first; one < end; one++) {
      const weight = share * (1 - share) * (amounts[one] as number)
      const place = (columns[one] as number) * width
      for (let other = first; other <= one; other++)
        matrix[place + (columns[other] as number)]! += weight * (amounts[other] as number)
    }
  }
  return matrix
}
function* factorOf(curvature: Float64Array, penalty: number): InSteps<Float64Array> {
  const matrix = curvature.slice()
  const size = Math.sqrt(matrix.length)
  for (let column = 1; column < size; column++) matrix[column * size + column]! += penalty
  yield* factorise(matrix, size)
  return matrix
}

/** The log odds that weights give a row. */
export function logitOf({ starts, columns, amounts }: Rows, row: number, weights: Float64Array): number {
  let logit = 0
  for (let index = starts[row] as number; index < (starts[row + 1] as number); index++)
    logit += (weights[columns[index] as number] as number) * (amounts[index] as number)
  return logit
}

/** The likelihood, 0 to 1, that log odds stand for. */
export function likelihood(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}

/** What an outcome (1 or 0) costs where it was given these log odds, in nats. */
export function logLoss(logit: number, outcome: number): number {
  const against = outcome ? -logit : logit
  return against > 0 ? against + Math.log1p(Math.exp(-against)) : Math.log1p(Math.exp(against))
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let index = 0; index < one.length; index++) sum += (one[index] as number) * (other[index] as number)
  return sum
}
