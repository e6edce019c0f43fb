import { expect, test } from "vitest"
import { bestThreshold, clusters } from "./clusters.ts"

const pair = (one: string, other: string, probability: number) => ({ one, other, probability })

test("Whoever hangs together is one group; who is below the threshold stays alone", () => {
  const groups = clusters([pair("a", "b", 0.9), pair("b", "c", 0.8), pair("d", "e", 0.4)], 0.5)
  expect(groups.map((group) => group.sort())).toEqual([["a", "b", "c"]])
})
test("A weak link does not chain two groups that are surely different", () => {
  const groups = clusters(
    [
      pair("a", "b", 0.99),
      pair("c", "d", 0.99),
      pair("b", "c", 0.6),
      pair("a", "c", 0.01),
      pair("a", "d", 0.02),
      pair("b", "d", 0.1),
    ],
    0.5,
  )
  expect(groups.map((group) => group.sort())).toEqual([
    ["a", "b"],
    ["c", "d"],
  ])
})
test("One doubtful pair does not part what all others hold together", () => {
  const groups = clusters([pair("a", "b", 0.9), pair("b", "c", 0.9), pair("a", "c", 0.3)], 0.5)
  expect(groups).toHaveLength(1)
  expect(groups[0]).toHaveLength(3)
})
test("No pairs, no groups", () => {
  expect(clusters([], 0.5)).toEqual([])
})

test("The best threshold follows from the probabilities alone", () => {
  expect(bestThreshold([0.99, 0.98, 0.02, 0.01])).toBe(0.98)
  // Many half-likely pairs hold more matches than they cost.
  expect(bestThreshold([0.9, 0.45, 0.45, 0.45, 0.45, 0.45])).toBe(0.45)
  expect(bestThreshold([])).toBe(0.5)
})
