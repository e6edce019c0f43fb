/** Repeatable chance: the same seed gives the same numbers on every machine and in every run. */
export interface Random {
  /** At least 0, below 1. */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** True in this share of cases (0 to 1). */
  chance(share: number): boolean
  pick<T>(values: readonly T[]): T
  /** Picks by weight: `[["tea", 1], ["coffee", 9]]`. */
  weighted<T>(values: readonly (readonly [T, number])[]): T
  /** A new array in another order. */
  shuffled<T>(values: readonly T[]): T[]
}

/** The mulberry32 generator: 32 bits of state, good enough for stories, no use for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    chance: (share) => next() < share,
    pick: (values) => values[Math.floor(next() * values.length)] as (typeof values)[number],
    weighted(values) {
      let left = next() * values.reduce((sum, [, weight]) => sum + weight, 0)
      const hit = values.find(([, weight]) => {
        left -= weight
        return left < 0
      })
      return (hit ?? values[values.length - 1]!)[0]
    },
    shuffled(values) {
      const result = [...values]
      for (let last = result.length - 1; last > 0; last--) {
        const other = between(0, last)
        const kept = result[last] as (typeof result)[number]
        result[last] = result[other] as (typeof result)[number]
        result[other] = kept
      }
      return result
    },
  }
}
