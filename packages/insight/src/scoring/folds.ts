import { randomNumbers } from "../matching/random.ts"
import type { InSteps } from "../steps.ts"
import { type Fit, fitLogistic, logitOf, logLoss, type Problem } from "./logistic.ts"

export interface OutOfFold {
  penalty: number
  /** By position in `picked`: log odds by a model that has not seen the row. */
  logits: Float64Array
  /** Mean log loss of them. */
  loss: number
}

/**
 * Foretells each row by a model of the other folds, under each penalty, and gives the penalty that did best. The
 * penalties come in falling order; where two in turn did worse, smaller ones are not tried. `start` is only where the
 * search for the least begins.
 */
export function* bestOutOfFold(
  problem: Problem,
  penalties: readonly number[],
  { foldCount = 5, start }: { foldCount?: number; start?: Fit } = {},
): InSteps<OutOfFold> {
  const folds = foldsOf(problem, foldCount)
  const fits = folds.map(() => start)
  let best: OutOfFold | undefined
  let worse = 0
  for (const penalty of penalties) {
    const logits = new Float64Array(problem.picked.length)
    let loss = 0
    for (const [index, fold] of folds.entries()) {
      const others = { ...problem, picked: fold.others }
      const fit = yield* fitLogistic(others, penalty, fits[index])
      fits[index] = fit
      for (const position of fold.positions) {
        const row = problem.picked[position] as number
        const logit = logitOf(problem.rows, row, fit.weights)
        logits[position] = logit
        loss += logLoss(logit, problem.outcomes[row] as number) / problem.picked.length
      }
    }
    if (!best || loss < best.loss) {
      best = { penalty, logits, loss }
      worse = 0
    } else if (++worse === 2) break
  }
  return best as OutOfFold
}

/** The same rows give the same folds; each has its part of either outcome. */
function foldsOf({ picked, outcomes }: Problem, count: number) {
  const order = shuffled(picked.length, picked.length)
  const dealt = [0, 0]
  const foldOf = new Uint8Array(picked.length)
  for (const position of order) {
    const outcome = outcomes[picked[position] as number] as number
    foldOf[position] = (dealt[outcome]!++ + (outcome ? 0 : count - 1)) % count
  }
  return Array.from({ length: count }, (_, fold) => ({
    positions: order.filter((position) => foldOf[position] === fold),
    others: Array.from(
      order.filter((position) => foldOf[position] !== fold),
      (position) => picked[position] as number,
    ),
  }))
}

/** At most so many items, drawn at random, in their order. */
export function sampleOf<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items]
  const drawn = shuffled(items.length, items.length).subarray(0, most).sort()
  return Array.from(drawn, (index) => items[index] as T)
}

/** At most so many items, drawn at random: half of each outcome, or all of the rarer one. */
export function balancedSample<T>(items: readonly T[], converted: (item: T) => boolean, most: number): T[] {
  if (items.length <= most) return [...items]
  const yes = items.filter(converted)
  const no = items.filter((item) => !converted(item))
  return [
    ...sampleOf(yes, Math.max(most / 2, most - no.length)),
    ...sampleOf(no, Math.max(most / 2, most - yes.length)),
  ]
}

/** The numbers from 0 to `count` in an order drawn at random, the same for the same seed. */
function shuffled(count: number, seed: number): Int32Array {
  const random = randomNumbers(seed)
  const order = Int32Array.from({ length: count }, (_, index) => index)
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const value = order[last] as number
    order[last] = order[other] as number
    order[other] = value
  }
  return order
}
