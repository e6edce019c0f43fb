import type { Comparison } from "../src/matching/model.ts"

/** The name of the level at which two records stand, in either order; "unknown" where nothing can be said. */
export function levelBetween<R, P>(comparison: Comparison<R, P>, one: R, other: R): string {
  const [left, right] = [comparison.prepare(one), comparison.prepare(other)]
  if (left === undefined || right === undefined) return "unknown"
  const [forth, back] = [comparison.compare(left, right), comparison.compare(right, left)]
  if (forth !== back) throw new Error(`The order matters: ${forth} against ${back}.`)
  return comparison.levels[forth]?.name ?? "unknown"
}
