import { expect, test } from "vitest"
import { type BlockingRule, candidatePairs } from "./blocking.ts"

const rules: BlockingRule<string>[] = [
  { name: "first", fixes: [], keys: (word) => (word ? [word[0] as string] : []) },
  { name: "letters", fixes: [], keys: (word) => [...word.slice(1)] },
]

test("Records that share a key of the same rule are a pair, once, with the rules that brought it", () => {
  expect(candidatePairs(["abb", "ab", "ca", ""], rules)).toEqual([{ one: 0, other: 1, rules: 0b11 }])
})
test("A key that too many share brings nobody; another rule still does", () => {
  const words = ["xa", "xb", "xb"]
  expect(candidatePairs(words, rules, 3)).toHaveLength(3)
  expect(candidatePairs(words, rules, 2)).toEqual([{ one: 1, other: 2, rules: 0b10 }])
})
test("A rule may allow fewer records a key than others", () => {
  const [first, letters] = rules as [BlockingRule<string>, BlockingRule<string>]
  expect(candidatePairs(["xa", "xb", "xb"], [{ ...first, maxPerBlock: 2 }, letters])).toHaveLength(1)
})
test("More rules than bits are refused", () => {
  expect(() => candidatePairs(["a"], Array(32).fill(rules[0]))).toThrow(RangeError)
})
