import type { InSteps } from "../steps.ts"

/** Baskets with their items by number, from rare to frequent: what is rare comes first and is followed by little. */
export interface NumberedBaskets {
  names: readonly string[]
  /** Basket after basket, each item at most once and ascending, `endOfBasket` after the last one. */
  items: Uint32Array
  /** Where each basket begins. */
  starts: Uint32Array
}
export const endOfBasket = 0xffffffff

/** Baskets taken in one step. */
const perStep = 2_000

/** An item that is in a basket twice counts once. */
export function* numbered(baskets: readonly (readonly string[])[]): InSteps<NumberedBaskets> {
  const counts = new Map<string, number>()
  let size = baskets.length
  for (const [index, basket] of baskets.entries()) {
    if (index % perStep === 0) yield
    for (const name of new Set(basket)) {
      counts.set(name, (counts.get(name) ?? 0) + 1)
      size++
    }
  }
  const names = [...counts]
    .sort(([one, few], [other, many]) => few - many || (one < other ? -1 : 1))
    .map(([name]) => name)
  const numbers = new Map(names.map((name, number) => [name, number]))

  const items = new Uint32Array(size)
  const starts = new Uint32Array(baskets.length)
  let filled = 0
  for (const [index, basket] of baskets.entries()) {
    if (index % perStep === 0) yield
    starts[index] = filled
    for (const name of new Set(basket)) items[filled++] = numbers.get(name) as number
    items.subarray(starts[index], filled).sort()
    items[filled++] = endOfBasket
  }
  return { names, items, starts }
}
