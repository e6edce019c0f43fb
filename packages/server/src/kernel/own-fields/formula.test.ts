import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { compileFormula, FormulaError } from "./formula.ts"

const entity = {
  name: "cups",
  fields: {
    size: { type: "integer" },
    name: { type: "text" },
    since: { type: "date" },
    tags: { type: "tags" },
    "custom.price": { type: "number" },
    "custom.club": { type: "boolean" },
    "custom.total": { type: "number", formula: "size * 2" },
  },
} as unknown as EntityDeclaration
const record = { size: 4, name: "Ana", since: "2024-02-28", "custom.price": 2.5, "custom.club": true }
const resultOf = (text: string, values: object = record) =>
  compileFormula(entity, text).evaluate({ ...values })

describe("a formula", () => {
  it.each([
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["-size - -1", -3],
    ["10 - 4 - 3", 3],
    ["16 / 4 / 2", 2],
    ["0.1 + 0.2", 0.3],
    ["size * custom.price", 10],
    ["size / 0", null],
    ["'It''s ' & name", "It's Ana"],
    ["name & ' ' & size", "Ana 4"],
    ["if(size > 3 , 'large', 'small')", "large"],
    ["size = 4", true],
    ["name <> 'Ana'", false],
    ["since >= '2024-01-01'", true],
    ["addDays(since, 2)", "2024-03-01"],
    ["days(since, addDays(since, 30))", 30],
    ["year(since) * 100 + month(since)", 202402],
    ["round(custom.price / 3, 2)", 0.83],
    ["round(2.5)", 3],
    ["max(size, custom.price, 9)", 9],
    ["and(custom.club, size >= 4)", true],
    ["upper(name)", "ANA"],
  ])("%s is %j", (text, expected) => expect(resultOf(text)).toBe(expected))

  it("is empty where something it needs is, unless it asks for that", () => {
    expect(resultOf("size * custom.price", { size: 4 })).toBeNull()
    expect(resultOf("otherwise(custom.price, 1) * size", { size: 4 })).toBe(4)
    expect(resultOf("isEmpty(name)", {})).toBe(true)
    expect(resultOf("if(size > 3, 'large', 'small')", {})).toBe("small")
    expect(resultOf("'Hello ' & name", {})).toBe("Hello ")
  })
  it.each([
    "",
    "1 +",
    "(1",
    "1 2",
    "size +",
    "name * 2",
    "size = name",
    "tags & ''",
    "nothing + 1",
    "custom.total + 1",
    "constructor",
    "__proto__",
    "constructor('x')",
    "toString()",
    "if(size, 1, 2)",
    "if(true, 1, 2)",
    "size; size",
    "`x`",
    "'open",
    "1".repeat(2000),
    "(".repeat(100),
  ])("%s is refused", (text) => expect(() => resultOf(text)).toThrow(FormulaError))

  it("calculates as arithmetic does, whatever is nested how", () => {
    type Tree = number | [Tree, string, Tree]
    const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.integer({ min: 0, max: 1000 }),
        fc.tuple(tie("tree"), fc.constantFrom("+", "-", "*"), tie("tree")),
      ),
    })).tree
    const textOf = (one: Tree): string =>
      Array.isArray(one) ? `(${textOf(one[0])} ${one[1]} ${textOf(one[2])})` : `${one}`
    const worth = (one: Tree): number => {
      if (!Array.isArray(one)) return one
      const [left, sign, right] = [worth(one[0]), one[1], worth(one[2])]
      return sign === "+" ? left + right : sign === "-" ? left - right : left * right
    }
    fc.assert(
      fc.property(tree, (one) => {
        expect(resultOf(textOf(one))).toBe(Number(worth(one).toPrecision(15)))
      }),
    )
  })
  it("never does anything but answer or refuse, whatever is written", () => {
    const piece = fc.constantFrom(
      "size",
      "custom.price",
      "name",
      "if",
      "(",
      ")",
      ",",
      "+",
      "*",
      "/",
      "&",
      "'x'",
      "1",
      "=",
      "<",
      "since",
      "days",
      "max",
      ".",
      "{",
      "$",
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(" ")),
        ),
        (text) => {
          try {
            const value = resultOf(text)
            expect(value === null || ["number", "string", "boolean"].includes(typeof value)).toBe(true)
          } catch (error) {
            expect(error).toBeInstanceOf(FormulaError)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })
})
