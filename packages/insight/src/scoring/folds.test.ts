import { expect, test } from "vitest"
import { balancedSample, sampleOf } from "./folds.ts"

const items = Array.from({ length: 1_000 }, (_, index) => index)

test("A sample keeps what is rare, and has the size asked for", () => {
  const rare = balancedSample(items, (item) => item % 50 === 0, 100)
  expect(rare.filter((item) => item % 50 === 0)).toHaveLength(20)
  expect(new Set(rare).size).toBe(100)
  const even = balancedSample(items, (item) => item % 2 === 0, 100)
  expect(even.filter((item) => item % 2 === 0)).toHaveLength(50)
  expect(even).toHaveLength(100)
  expect(balancedSample(items, (item) => item % 2 === 0, 1_000)).toEqual(items)
})

test("A sample comes from everywhere, in its order, and is the same again", () => {
  const sample = sampleOf(items, 100)
  expect(sample).toHaveLength(100)
  expect(sample).toEqual(sample.toSorted((one, other) => one - other))
  expect(sample.filter((item) => item < 500).length).toBeGreaterThan(30)
  expect(sample.filter((item) => item >= 500).length).toBeGreaterThan(30)
  expect(sampleOf(items, 100)).toEqual(sample)
})
