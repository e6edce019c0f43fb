import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { decimalText } from "../kernel/decimal.ts"
import {
  type Line,
  type LinesDocument,
  lineOf,
  lineProblem,
  returnedPart,
  type Totals,
  totalsOf,
} from "./lines.ts"

const decimals = (most: number, places: number) =>
  fc.integer({ min: 0, max: most }).map((digits) => decimalText({ digits: BigInt(digits), places }))
const line: fc.Arbitrary<Line> = fc.record({
  quantity: decimals(20_000, 3),
  unitPrice: decimals(500_000, 4),
  discountPercent: fc.option(decimals(1000, 1)),
  discount: fc.option(fc.integer({ min: 0, max: 500 })),
  taxRate: fc.option(fc.constantFrom("19", "7", "7.7", "0", "21.00")),
  unitCost: decimals(300_000, 4),
})
const document: fc.Arbitrary<LinesDocument> = fc.record({
  currency: fc.constantFrom("EUR", "JPY", "KWD"),
  pricesIncludeTax: fc.boolean(),
  lines: fc.array(line, { maxLength: 12 }),
  discount: fc.option(fc.integer({ min: 0, max: 10_000 })),
  shipping: fc.option(fc.integer({ min: 0, max: 2000 })),
})
const totals = (made: LinesDocument): Totals => {
  const result = totalsOf(made)
  if (!result) throw new Error("too large")
  return result
}
const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0)
const documentOf = (changes: Partial<LinesDocument>): LinesDocument => ({
  currency: "EUR",
  pricesIncludeTax: false,
  lines: [],
  ...changes,
})

describe("figures of a document", () => {
  it("are those of a bill reckoned by hand", () => {
    const made = totals(
      documentOf({
        lines: [
          { quantity: "3", unitPrice: "4.99", taxRate: "19", unitCost: "2" },
          { quantity: "1.5", unitPrice: "10", discountPercent: "10", taxRate: "7", unitCost: "4.5" },
        ],
        discount: 100,
        shipping: 490,
      }),
    )
    // 14.97 and 13.50; the discount goes 0.53 and 0.47, the shipping 2.58 and 2.32.
    expect(made.lines.map(({ amount }) => amount)).toEqual([1497, 1350])
    expect(made.taxes).toEqual([
      { rate: "7", net: 1350 - 47 + 232, tax: 107 },
      { rate: "19", net: 1497 - 53 + 258, tax: 323 },
    ])
    expect(made).toMatchObject({ net: 3237, tax: 430, gross: 3667, cost: 1275 })
    expect(made.margin).toBe(1350 - 47 + 1497 - 53 - 1275)
  })

  it("take the tax out of prices that hold it", () => {
    const made = totals(
      documentOf({ pricesIncludeTax: true, lines: [{ unitPrice: "11.90", taxRate: "19" }] }),
    )
    expect(made).toMatchObject({ net: 1000, tax: 190, gross: 1190, cost: null, margin: null })
  })

  it("round a rate's tax once, not line by line", () => {
    const lines = Array.from({ length: 3 }, () => ({ unitPrice: "0.12", taxRate: "19" }))
    // 3 × 0.0228 is 0.0684: seven cents, where each line alone would come to two.
    expect(totals(documentOf({ lines })).tax).toBe(7)
    expect(totals(documentOf({ lines })).lines.map(({ tax }) => tax)).toEqual([3, 2, 2])
  })

  it("know currencies of no and of three places", () => {
    const lines = [{ quantity: "3", unitPrice: "0.3335" }]
    expect(totals(documentOf({ currency: "KWD", lines })).gross).toBe(1001)
    expect(totals(documentOf({ currency: "JPY", lines })).gross).toBe(1)
  })

  it("leave out what is only offered, and say when an amount is too large", () => {
    expect(totals(documentOf({ lines: [{ unitPrice: "5", unitCost: "1", optional: true }] })).gross).toBe(0)
    expect(totalsOf(documentOf({ lines: [{ quantity: "999999999999", unitPrice: "999999999" }] }))).toBeNull()
    expect(totalsOf(documentOf({ lines: [{ quantity: "90", unitPrice: "100000000000" }] }))).toBeNull()
  })

  it("add up: lines and shipping to rates, rates to the document", () => {
    fc.assert(
      fc.property(document, (made) => {
        const { lines, taxes, net, tax, gross, amount } = totals(made)
        expect(sum(taxes.map((each) => each.tax))).toBe(tax)
        expect(sum(taxes.map((each) => each.net))).toBe(net)
        expect(net + tax).toBe(gross)
        for (const each of lines) expect(each.net + each.tax).toBe(each.gross)
        const base = amount - (made.discount ?? 0) + (made.shipping ?? 0)
        expect(made.pricesIncludeTax ? gross : net).toBe(base)
        if (!made.shipping && made.lines.length > 0) expect(sum(lines.map((each) => each.gross))).toBe(gross)
      }),
    )
  })

  it("don't depend on the order of the lines", () => {
    fc.assert(
      fc.property(document, (made) => {
        const { lines: _, ...rest } = totals(made)
        const { lines: __, ...turned } = totals({ ...made, lines: made.lines.toReversed() })
        expect(turned).toEqual(rest)
      }),
    )
  })

  it("mirror where everything is taken back", () => {
    fc.assert(
      fc.property(document, (made) => {
        const plain = {
          ...made,
          lines: made.lines.map((each) => ({ ...each, discount: null })),
          discount: null,
          shipping: null,
        }
        const back = plain.lines.map((each) => ({ ...each, quantity: `-${each.quantity}` }))
        const { gross, tax } = totals(plain)
        expect(totals({ ...plain, lines: back })).toMatchObject({ gross: 0 - gross, tax: 0 - tax })
      }),
    )
  })

  it("return all of a line for all of its quantity, and never more", () => {
    fc.assert(
      fc.property(document, fc.integer({ min: 0, max: 100 }), (made, percent) => {
        const whole = {
          ...made,
          lines: made.lines.map((each) => ({ ...each, returned: each.quantity ?? null })),
        }
        for (const each of totals(whole).lines)
          if (each.returned.gross !== 0)
            expect(each.returned).toMatchObject({ gross: each.gross, net: each.net })
        const lines = made.lines.map((each) => ({
          ...each,
          returned: decimalText({
            digits: BigInt(Math.round(Number(each.quantity) * 10 * percent)),
            places: 3,
          }),
        }))
        for (const each of totals({ ...made, lines }).lines)
          expect(Math.abs(each.returned.gross)).toBeLessThanOrEqual(Math.abs(each.gross))
      }),
    )
  })
})

it("begins a line with what a product says, as far as a line can hold it", () => {
  const product = { id: "p", name: "Cup", price: { amount: 350, currency: "EUR" }, taxRate: 19 }
  expect(lineOf(product, "EUR")).toMatchObject({ unitPrice: "3.5", taxRate: "19" })
  const strange = { ...product, price: { amount: 10 ** 14, currency: "EUR" }, taxRate: 1e-7 }
  expect(lineOf(strange, "EUR")).toMatchObject({ unitPrice: null, taxRate: null })
})

it("tells what is wrong with a line", () => {
  expect(lineProblem({ quantity: "2", taxRate: "19", discountPercent: "100", returned: "2" })).toBeNull()
  expect(lineProblem({ taxRate: "-1" })).toBe("taxRate")
  expect(lineProblem({ discountPercent: "100.01" })).toBe("discountPercent")
  expect(lineProblem({ quantity: "2", returned: "2.5" })).toBe("returned")
  expect(lineProblem({ quantity: "-2", returned: "1" })).toBe("returned")
})

it("knows whether all of it came back", () => {
  const sold = { quantity: "2", unitPrice: "1" }
  expect(returnedPart([sold, { quantity: "-1" }])).toBe("none")
  expect(returnedPart([{ ...sold, returned: "2" }, sold])).toBe("part")
  expect(returnedPart([{ ...sold, returned: "2.00" }, { quantity: "-1" }])).toBe("whole")
})
