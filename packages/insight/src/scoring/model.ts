import { amountOf, choiceOf, type Feature, type Subject, tagsOf } from "./features.ts"
import { likelihood } from "./logistic.ts"
import { within } from "./shapes.ts"

/**
 * What training found, as JSON: for each feature, how much each value adds to the log odds of the average example.
 * `Math.exp(contribution)` is the factor by which the odds change. Over the examples a feature's contributions average
 * to nought, so what is not known counts as nought where training had nothing to learn from.
 *
 * Choices and tags stand in it as they are: keep it where the records are.
 */
export interface ScoreModel {
  version: 1
  /** Log odds of the average example. */
  base: number
  effects: Effect[]
  trained: {
    examples: number
    converted: number
    penalty: number
    /** By what the log odds were stretched and moved so that they foretell rows not learned from. */
    calibration: { slope: number; intercept: number }
  }
}
export type Effect = AmountEffect | ChoiceEffect | TagsEffect
/** Straight lines between the knots; level before the first and after the last. Dates are in days. */
export interface AmountEffect {
  key: string
  kind: "number" | "date"
  knots: readonly number[]
  contributions: readonly number[]
  missing: number
}
export interface ChoiceEffect {
  key: string
  kind: "choice" | "boolean"
  values: readonly { value: string; contribution: number }[]
  other: number
  missing: number
}
export interface TagsEffect {
  key: string
  kind: "tags"
  values: readonly { value: string; present: number; absent: number }[]
}

export interface Reason {
  feature: string
  /** Days for a date, one tag for tags; null where missing, for tags where no further known tag is there. */
  value: number | string | null
  /** In log odds against the average example: positive speaks for it. */
  contribution: number
}
export interface Score {
  /** 0 to 1. */
  likelihood: number
  logOdds: number
  /** Strongest first; with the model's base they add up to the log odds. */
  reasons: Reason[]
}

/** How likely the outcome is for a record as it is at `subject.at`, and why. */
export function scoreOf(model: ScoreModel, subject: Subject): Score {
  const reasons = model.effects.flatMap((effect) => reasonsOf(effect, subject))
  const logOdds = reasons.reduce((sum, { contribution }) => sum + contribution, model.base)
  return {
    likelihood: likelihood(logOdds),
    logOdds,
    reasons: reasons
      .filter(({ contribution }) => contribution !== 0)
      .sort((one, other) => Math.abs(other.contribution) - Math.abs(one.contribution)),
  }
}

/** The features a model looks at. */
export function featuresOf({ effects }: ScoreModel): Feature[] {
  return effects.map(({ key, kind }) => ({ key, kind }))
}

function reasonsOf(effect: Effect, subject: Subject): Reason[] {
  const feature = effect.key
  if (effect.kind === "tags") {
    const tags = tagsOf(effect, subject)
    const present = effect.values.filter(({ value }) => tags.has(value))
    const absent = effect.values.filter(({ value }) => !tags.has(value))
    return [
      ...present.map(({ value, present }) => ({ feature, value, contribution: present })),
      { feature, value: null, contribution: absent.reduce((sum, { absent }) => sum + absent, 0) },
    ]
  }
  if ("values" in effect) {
    const value = choiceOf(effect, subject)
    if (value === undefined) return [{ feature, value: null, contribution: effect.missing }]
    const known = effect.values.find((one) => one.value === value)
    return [{ feature, value, contribution: known ? known.contribution : effect.other }]
  }
  const amount = amountOf(effect, subject)
  return amount === undefined
    ? [{ feature, value: null, contribution: effect.missing }]
    : [{ feature, value: amount, contribution: contributionAt(effect, amount) }]
}

/** What a number, or the days since a date, adds to the log odds. */
export function contributionAt({ knots, contributions }: AmountEffect, amount: number): number {
  const value = within(knots, amount)
  const above = knots.findIndex((knot) => knot >= value)
  const upper = contributions[above] as number
  if (above === 0) return upper
  const [low, high] = [knots[above - 1] as number, knots[above] as number]
  const lower = contributions[above - 1] as number
  return lower + ((upper - lower) * (value - low)) / (high - low)
}
