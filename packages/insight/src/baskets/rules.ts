import { allSteps, type InSteps } from "../steps.ts"
import { type FrequentSet, frequentSets } from "./frequent.ts"
import { type NumberedBaskets, numbered } from "./numbered.ts"

/**
 * Whoever has all of `when` often has `also` as well. Agrawal, Imieliński, Swami, "Mining Association Rules between Sets
 * of Items in Large Databases" (SIGMOD 1993); lift: Brin, Motwani, Ullman, Tsur (SIGMOD 1997).
 */
export interface BasketRule {
  when: readonly string[]
  also: string
  /** Baskets that hold all of it, ... */
  count: number
  /** ... as a share of all baskets. */
  support: number
  /** Of the baskets with all of `when`, the share with `also`. */
  confidence: number
  /** How many times as often as in any basket that is. */
  lift: number
}
export interface RuleOptions {
  /** The share of all baskets that must hold a rule's items, 0 to 1, ... */
  support: number
  /** ... and how many must, at least; 1 where not given. */
  baskets?: number
  /** 0 to 1. */
  confidence: number
  /** Items in a rule, both sides counted; 4 where not given. */
  largest?: number
}
export interface BasketRules {
  baskets: number
  /**
   * In how many baskets a rule's items had to be. More than asked for where there were too many sets of items: one
   * long order that comes back each week has more sets than anybody can look through.
   */
  least: number
  /** Surest first. */
  rules: BasketRule[]
}

const mostSets = 200_000
/** Shares such as 0.001 are no exact binary numbers. */
const rounding = 1e-9

/**
 * What goes with what: all rules with one item on the right, exactly. The same baskets give the same rules in the same
 * order.
 */
export function findRules(baskets: readonly (readonly string[])[], options: RuleOptions): BasketRules {
  return allSteps(findRulesInSteps(baskets, options))
}
/** As `findRules`; a step takes some milliseconds. */
export function* findRulesInSteps(
  baskets: readonly (readonly string[])[],
  { support, baskets: fewest = 1, confidence, largest = 4 }: RuleOptions,
): InSteps<BasketRules> {
  const known = yield* numbered(baskets)
  let least = Math.max(1, fewest, Math.ceil(support * baskets.length - rounding))
  let sets = yield* frequentSets(known, { least, largest, most: mostSets })
  while (!sets) {
    least *= 2
    sets = yield* frequentSets(known, { least, largest, most: mostSets })
  }
  const rules = yield* rulesOf(known, sets, confidence)
  return { baskets: baskets.length, least, rules: rules.sort(bySureness) }
}

function* rulesOf(
  { names, starts }: NumberedBaskets,
  sets: readonly FrequentSet[],
  confidence: number,
): InSteps<BasketRule[]> {
  const counts = new Map(sets.map(({ items, count }) => [items.join(), count]))
  const countOf = (items: readonly number[]) => counts.get(items.join()) as number
  const name = (item: number) => names[item] as string
  const rules: BasketRule[] = []
  for (const [index, { items, count }] of sets.entries()) {
    if (index % 1_000 === 0) yield
    if (items.length < 2) continue
    for (const also of items) {
      const when = items.filter((item) => item !== also)
      const share = count / countOf(when)
      if (share < confidence - rounding) continue
      rules.push({
        when: when.map(name),
        also: name(also),
        count,
        support: count / starts.length,
        confidence: share,
        lift: (share * starts.length) / countOf([also]),
      })
    }
  }
  return rules
}

function bySureness(one: BasketRule, other: BasketRule): number {
  return (
    other.confidence - one.confidence ||
    other.count - one.count ||
    one.when.length - other.when.length ||
    (keyOf(one) < keyOf(other) ? -1 : 1)
  )
}
function keyOf({ when, also }: BasketRule): string {
  return JSON.stringify([when, also])
}
