import { expect, test } from "vitest"
import { groceries } from "../../testing/public-data.ts"
import { randomNumbers } from "../matching/random.ts"
import { type BasketRule, findRules, findRulesInSteps } from "./rules.ts"

test.for([
  { support: 0.001, confidence: 0.8, found: 410 },
  { support: 0.001, confidence: 0.5, found: 5_668 },
  { support: 0.01, confidence: 0.5, found: 15 },
  { support: 0.006, confidence: 0.25, found: 463 },
])("Groceries: $found rules at $support and $confidence", ({ support, confidence, found }, { skip }) => {
  const baskets = groceries()
  if (!baskets) {
    console.log(`skipped: ${found} rules of groceries need ../shared/data beside the repository`)
    return skip(`${found} rules of groceries need ../shared/data beside the repository`)
  }
  const { rules, least } = findRules(baskets, { support, confidence, largest: 10 })
  expect(baskets).toHaveLength(9_835)
  expect(rules).toHaveLength(found)
  expect(least).toBe(Math.ceil(support * 9_835))
  if (found !== 410) return
  const [top] = rules.toSorted((one, other) => other.lift - one.lift)
  expect(top?.when.toSorted()).toEqual(["liquor", "red/blush wine"])
  expect(top).toMatchObject({ also: "bottled beer", count: 19 })
  expect(top?.support.toFixed(6)).toBe("0.001932")
  expect(top?.confidence.toFixed(4)).toBe("0.9048")
  expect(top?.lift.toFixed(4)).toBe("11.2353")
})

/** Rules by trying every set: slow and plain. */
function triedOut(baskets: readonly (readonly string[])[], names: readonly string[], least: number) {
  const sets = Array.from({ length: 2 ** names.length }, (_, bits) =>
    names.filter((_, position) => bits & (1 << position)),
  )
  const count = (set: readonly string[]) =>
    baskets.filter((basket) => set.every((name) => basket.includes(name))).length
  return sets
    .filter((set) => set.length > 1 && count(set) >= least)
    .flatMap((set) =>
      set.map((also) => {
        const when = set.filter((name) => name !== also)
        const confidence = count(set) / count(when)
        return {
          when,
          also,
          count: count(set),
          confidence,
          lift: (confidence * baskets.length) / count([also]),
        }
      }),
    )
    .filter(({ confidence }) => confidence >= 0.4)
}
const told = ({ when, also, count, confidence, lift }: Omit<BasketRule, "support">) =>
  `${when.toSorted().join("+")} > ${also}: ${count} ${confidence.toFixed(6)} ${lift.toFixed(6)}`

test("All rules are found, and no others: as by trying every set of items", () => {
  const random = randomNumbers(5)
  const names = ["a", "b", "c", "d", "e", "f", "g"]
  for (let round = 0; round < 20; round++) {
    const baskets = Array.from({ length: 60 }, () => names.filter((_, index) => random() < 0.2 + index / 15))
    const { rules } = findRules(baskets, { support: 0.05, confidence: 0.4, largest: 7 })
    expect(rules.map(told).sort()).toEqual(triedOut(baskets, names, 3).map(told).sort())
  }
})

test("What lies in a basket twice counts once, and order does not matter", () => {
  const { rules } = findRules([["tea", "cup", "tea"], ["cup", "tea"], ["cup"], []], {
    support: 0.5,
    confidence: 0.9,
  })
  expect(rules).toEqual([{ when: ["tea"], also: "cup", count: 2, support: 0.5, confidence: 1, lift: 4 / 3 }])
})

test("A rule needs the baskets it is asked to have, however few there are in all", () => {
  const options = { support: 0.001, confidence: 0.5 }
  const baskets = [["tea", "cup"], ["tea", "cup"], ["pot"]]
  expect(findRules(baskets, options).rules).toHaveLength(2)
  expect(findRules(baskets, { ...options, baskets: 3 }).rules).toEqual([])
  expect(findRules([], options)).toEqual({ baskets: 0, least: 1, rules: [] })
})

test("Long orders that come again and again end in a higher bar, not in endless work", () => {
  const long = Array.from({ length: 100 }, (_, item) => `part ${item}`)
  const usual = Array.from({ length: 400 }, (_, index) => (index % 4 ? ["tea", "cup"] : ["tea"]))
  const { least, rules } = findRules([...Array(6).fill(long), ...usual], { support: 0.01, confidence: 0.5 })
  expect(least).toBe(10)
  expect(rules.map(({ when, also }) => [...when, also])).toEqual([
    ["cup", "tea"],
    ["tea", "cup"],
  ])
})

test("The search can be interrupted all along", () => {
  const random = randomNumbers(6)
  const baskets = Array.from({ length: 5_000 }, () =>
    Array.from({ length: 8 }, () => `${Math.floor(60 * random())}`),
  )
  const work = findRulesInSteps(baskets, { support: 0.002, confidence: 0.1 })
  let steps = 0
  while (!work.next().done) steps++
  expect(steps).toBeGreaterThan(10)
})
