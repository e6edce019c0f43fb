import { expect, test } from "vitest"
import { findRules } from "./rules.ts"
import { suggestionsFor } from "./suggest.ts"

/** Everybody buys milk; whoever buys tea mostly buys cups, and some a pot. */
const baskets = Array.from({ length: 560 }, (_, index) => [
  ...(index % 7 ? ["milk"] : []),
  ...(index % 4 === 0 ? ["tea"] : []),
  ...(index % 4 === 0 && index % 5 ? ["cup"] : []),
  ...(index % 16 === 0 ? ["pot"] : []),
  ...(index === 8 || index === 9 ? ["ladder", "paint"] : []),
])
const { rules } = findRules(baskets, { support: 0.001, confidence: 0.05 })

test("What goes with the basket, most telling first, with the rule that says so", () => {
  const [first, second, ...others] = suggestionsFor(rules, new Set(["tea", "milk"]))
  expect(first).toMatchObject({ item: "cup", rule: { also: "cup" } })
  expect(first?.rule.when).toContain("tea")
  expect(first?.rule.confidence).toBeGreaterThan(0.75)
  expect(second).toMatchObject({ item: "pot" })
  expect(others).toEqual([])
})

test("What happened twice, and both times so, counts less than what happens again and again", () => {
  const [first, second] = suggestionsFor(rules, new Set(["tea", "ladder"]))
  expect(first).toMatchObject({ item: "cup" })
  expect(second).toMatchObject({ item: "paint", rule: { confidence: 1, count: 2 } })
})

test("What is there already and what all buy anyway is not suggested", () => {
  expect(suggestionsFor(rules, new Set(["tea", "cup", "pot"])).map(({ item }) => item)).not.toContain("milk")
  expect(suggestionsFor(rules, new Set(["milk"])).map(({ item }) => item)).toEqual([])
  expect(suggestionsFor(rules, new Set(["tea", "cup", "pot", "milk"])).map(({ item }) => item)).toEqual([])
})

test("No more than asked for", () => {
  expect(suggestionsFor(rules, new Set(["tea"]), 1)).toHaveLength(1)
})
