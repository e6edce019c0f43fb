import { amountOf, choiceOf, countsOf, type Feature, type Subject, tagsOf } from "./features.ts"

/**
 * The columns a feature becomes, learned from the examples' values alone, never from their outcomes.
 *
 * A number is a line with bends at quantiles (linear splines: Hastie, Tibshirani, Friedman, "The Elements of
 * Statistical Learning", 2nd ed. 2009, 5.2), so that twice as much need not mean twice the effect, and the farthest
 * values on either side count like the quantile near them. A choice is a column for each frequent value, one for all
 * others. What is missing is a column of its own: not to know says something, too.
 */
export type Shape = NumberShape | ChoiceShape | TagsShape
export interface NumberShape {
  kind: "number" | "date"
  key: string
  /** Ascending. */
  knots: readonly number[]
  mean: number
  deviation: number
  missing: boolean
}
export interface ChoiceShape {
  kind: "choice" | "boolean"
  key: string
  values: readonly string[]
  other: boolean
  missing: boolean
}
export interface TagsShape {
  kind: "tags"
  key: string
  values: readonly string[]
}

/** A value that fewer examples have gets no column. */
const fewest = 5
const mostChoices = 30
const mostTags = 50
const quantiles = [0.02, 0.2, 0.4, 0.6, 0.8, 0.98]

/** The shape of a feature; undefined where all examples say the same. */
export function shapeOf(feature: Feature, subjects: readonly Subject[]): Shape | undefined {
  if (feature.kind === "tags") return tagsShape(feature, subjects)
  return feature.kind === "choice" || feature.kind === "boolean"
    ? choiceShape(feature, subjects)
    : numberShape(feature, subjects)
}

function numberShape(feature: Feature, subjects: readonly Subject[]): NumberShape | undefined {
  const known = Float64Array.from(subjects.flatMap((subject) => amountOf(feature, subject) ?? [])).sort()
  if (known.length < fewest) return undefined
  const at = (share: number) => known[Math.round(share * (known.length - 1))] as number
  let knots = [...new Set(quantiles.map(at))]
  // Nearly all say the same: the few that don't are what the number tells.
  if (knots.length < 2) knots = [...new Set([at(0), ...knots, at(1)])]
  const missing = subjects.length - known.length >= fewest
  if (knots.length < 2 && !missing) return undefined
  const clipped = known.map((value) => within(knots, value))
  const mean = clipped.reduce((sum, value) => sum + value, 0) / clipped.length
  const variance = clipped.reduce((sum, value) => sum + (value - mean) ** 2, 0) / clipped.length
  const kind = feature.kind as NumberShape["kind"]
  return { kind, key: feature.key, knots, mean, deviation: Math.sqrt(variance) || 1, missing }
}
/** No farther out than the first and the last knot. */
export function within(knots: readonly number[], value: number): number {
  return Math.min(Math.max(value, knots[0] as number), knots.at(-1) as number)
}

function choiceShape(feature: Feature, subjects: readonly Subject[]): ChoiceShape | undefined {
  const counts = countsOf(subjects.flatMap((subject) => choiceOf(feature, subject) ?? []))
  const known = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const values = frequent(counts, mostChoices)
  const kept = values.reduce((sum, value) => sum + (counts.get(value) as number), 0)
  const other = known - kept >= fewest
  const missing = subjects.length - known >= fewest
  if (values.length + Number(other) + Number(missing) < 2) return undefined
  return { kind: feature.kind as ChoiceShape["kind"], key: feature.key, values, other, missing }
}

function tagsShape(feature: Feature, subjects: readonly Subject[]): TagsShape | undefined {
  const counts = countsOf(subjects.flatMap((subject) => [...tagsOf(feature, subject)]))
  const values = frequent(counts, mostTags).filter((tag) => counts.get(tag) !== subjects.length)
  return values.length > 0 ? { kind: "tags", key: feature.key, values } : undefined
}

/** The values with enough examples, most frequent first. */
function frequent(counts: ReadonlyMap<string, number>, most: number): string[] {
  return [...counts]
    .filter(([, count]) => count >= fewest)
    .sort(([one, many], [other, few]) => few - many || (one < other ? -1 : 1))
    .slice(0, most)
    .map(([value]) => value)
}
