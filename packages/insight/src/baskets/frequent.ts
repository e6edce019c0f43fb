import type { InSteps } from "../steps.ts"
import { endOfBasket, type NumberedBaskets } from "./numbered.ts"

/** Items, ascending, that are together in `count` baskets. */
export interface FrequentSet {
  items: readonly number[]
  count: number
}
export interface Limits {
  /** In so many baskets, at least. */
  least: number
  /** Items of a set, at most. */
  largest: number
  /** Sets, at most. */
  most: number
}

/** Items looked at in one step, roughly. */
const perStep = 50_000

/**
 * All sets of items that are together often enough; undefined where these are more than `most`.
 *
 * A set grows by what comes after its last item: wherever it occurs, what follows is counted, and each item that is
 * seen often enough is followed further. Pei, Han, Lu, Nishio, Tang, Yang, "H-Mine: Hyper-Structure Mining of Frequent
 * Patterns in Large Databases" (ICDM 2001). The work grows with what is bought together, not with the assortment.
 */
export function* frequentSets(
  { items, starts, names }: NumberedBaskets,
  { least, largest, most }: Limits,
): InSteps<FrequentSet[] | undefined> {
  const sets: FrequentSet[] = []
  const counts = new Uint32Array(names.length)
  let looked = 0

  /** `places`: in each basket that holds the whole set, where the items after its last one begin. */
  function* grow(set: readonly number[], places: Uint32Array): InSteps<boolean> {
    const following = yield* followers(places)
    const occurrences = set.length + 1 < largest ? yield* placesAfter(following, places) : undefined
    for (const { item, count } of following) {
      if (sets.length === most) return false
      const grown = [...set, item]
      sets.push({ items: grown, count })
      const after = occurrences?.get(item)
      if (after && !(yield* grow(grown, after.places))) return false
    }
    return true
  }

  function* followers(places: Uint32Array): InSteps<{ item: number; count: number }[]> {
    const seen: number[] = []
    for (const place of places) {
      for (let index = place; items[index] !== endOfBasket; index++) {
        const item = items[index] as number
        if (counts[item] === 0) seen.push(item)
        counts[item]!++
        looked++
      }
      if (looked > perStep) {
        looked = 0
        yield
      }
    }
    const following = seen.map((item) => ({ item, count: counts[item] as number }))
    for (const item of seen) counts[item] = 0
    return following.filter(({ count }) => count >= least)
  }

  function* placesAfter(following: readonly { item: number; count: number }[], places: Uint32Array) {
    const after = new Map(
      following.map(({ item, count }) => [item, { places: new Uint32Array(count), filled: 0 }]),
    )
    for (const place of places) {
      for (let index = place; items[index] !== endOfBasket; index++) {
        const found = after.get(items[index] as number)
        if (found) found.places[found.filled++] = index + 1
        looked++
      }
      if (looked > perStep) {
        looked = 0
        yield
      }
    }
    return after
  }

  return (yield* grow([], starts)) ? sets : undefined
}
