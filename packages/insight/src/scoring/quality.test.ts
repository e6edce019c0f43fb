import { expect, test } from "vitest"
import { areaUnder, qualityOf } from "./quality.ts"

test("The ranking counts pairs, ties for half", () => {
  // Of 3 × 2 pairs: 0.9 beats both, 0.5 beats one and ties with one, 0.1 beats none.
  expect(areaUnder([0.9, 0.5, 0.5, 0.2, 0.1], [true, true, false, false, true])).toBeCloseTo(3.5 / 6, 12)
  expect(areaUnder([0.3, 0.3, 0.3, 0.3], [true, false, true, false])).toBe(0.5)
  expect(areaUnder([0.9, 0.8, 0.2], [true, true, false])).toBe(1)
})

test("Plain figures: who is in the best part, and how many of all that is", () => {
  const likelihoods = Array.from({ length: 100 }, (_, rank) => 1 - rank / 100)
  const outcomes = likelihoods.map((_, rank) => (rank < 20 ? rank % 2 === 0 : rank % 8 === 0))
  const { top, converted, brierOfShare } = qualityOf(likelihoods, outcomes)
  expect(converted).toBe(20)
  expect(top.find(({ share }) => share === 0.2)).toEqual({ share: 0.2, rate: 0.5, captured: 0.5, lift: 2.5 })
  expect(brierOfShare).toBeCloseTo(0.16, 12)
})

test("The best part does not depend on the order of those ranked the same", () => {
  const outcomes = [true, true, false, false, false, false, false, false, false, false]
  const forth = qualityOf(
    outcomes.map(() => 0.2),
    outcomes,
  )
  const back = qualityOf(
    outcomes.map(() => 0.2),
    outcomes.toReversed(),
  )
  expect(forth.top).toEqual(back.top)
  expect(forth.top[1]?.rate).toBeCloseTo(0.2, 12)
})

test("Calibration shows what was foretold beside what was seen", () => {
  const likelihoods = Array.from({ length: 200 }, (_, index) => (index < 100 ? 0.1 : 0.6))
  const outcomes = likelihoods.map((_, index) => (index < 100 ? index % 10 === 0 : index % 10 < 5))
  const { calibration, calibrationError, brier } = qualityOf(likelihoods, outcomes)
  expect(calibration.map(({ examples }) => examples)).toEqual(Array(10).fill(20))
  expect(calibration[0]).toEqual({ examples: 20, foretold: expect.closeTo(0.1, 10), seen: 0.1 })
  expect(calibration[9]).toEqual({ examples: 20, foretold: expect.closeTo(0.6, 10), seen: 0.5 })
  expect(calibrationError).toBeCloseTo(0.05, 10)
  expect(brier).toBeCloseTo((0.09 + (0.16 + 0.36) / 2) / 2, 10)
})

test("The range of the ranking is Hanley's and McNeil's", () => {
  // Their formula by hand for an area of 0.75 with 2 converted and 2 others.
  const { auc } = qualityOf([0.9, 0.5, 0.6, 0.1], [true, true, false, false])
  const variance = (0.75 * 0.25 + (0.6 - 0.5625) + ((2 * 0.5625) / 1.75 - 0.5625)) / 4
  expect(auc.value).toBe(0.75)
  expect(auc.low).toBeCloseTo(0.75 - 1.96 * Math.sqrt(variance), 12)
  expect(auc.high).toBe(1)
})

test("Without either outcome nothing can be measured", () => {
  expect(() => qualityOf([0.1, 0.2], [false, false])).toThrow("either outcome")
})
