import { leastShare } from "../share-range.ts"
import type { BasketRule } from "./rules.ts"

export interface Suggestion {
  item: string
  /** Why: the rule that speaks for it most. */
  rule: BasketRule
  /** By how much more of those with the rule's items have it than of all, 0 to 1, counted cautiously. */
  gain: number
}

/**
 * What goes with what somebody has: each item by the rule that speaks for it most, the most telling first. A rule
 * counts by the lower end of its confidence's range, less the share of all who have the item anyway (added value: Geng,
 * Hamilton, "Interestingness Measures for Data Mining", ACM Computing Surveys 38, 2006): what everybody buys is no
 * suggestion, and what was bought together a few times only comes late.
 */
export function suggestionsFor(
  rules: readonly BasketRule[],
  has: ReadonlySet<string>,
  most = 5,
): Suggestion[] {
  const best = new Map<string, Suggestion>()
  for (const rule of rules) {
    if (has.has(rule.also) || !rule.when.every((item) => has.has(item))) continue
    const gain = gainOf(rule)
    if (gain > 0 && gain > (best.get(rule.also)?.gain ?? 0))
      best.set(rule.also, { item: rule.also, rule, gain })
  }
  return [...best.values()].sort((one, other) => other.gain - one.gain).slice(0, most)
}

function gainOf({ count, confidence, lift }: BasketRule): number {
  return leastShare(count, count / confidence) - confidence / lift
}
