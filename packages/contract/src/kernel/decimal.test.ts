import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  add,
  canonicalDecimal,
  compare,
  decimal,
  decimalText,
  divideRounded,
  isDecimal,
  multiply,
  rounded,
  roundTogether,
  shareOut,
  sumOf,
} from "./decimal.ts"

const decimals = fc
  .tuple(fc.bigInt(1n - 10n ** 12n, 10n ** 12n - 1n), fc.integer({ min: 0, max: 6 }))
  .map(([digits, places]) => decimalText({ digits, places }))

describe("decimal numbers", () => {
  it.each(["", "1,5", "1e3", ".5", "5.", "--1", "1234567890123", "0.1234567", "NaN", "1 000"])(
    "%j is none",
    (text) => expect(isDecimal(text)).toBe(false),
  )
  it.each([
    ["012.50", "12.5"],
    ["-0.00", "0"],
    ["+7", "7"],
    ["-3.10", "-3.1"],
  ])("%s is kept as %s", (text, kept) => expect(canonicalDecimal(text)).toBe(kept))

  it("has one text for each value, whatever was typed", () => {
    fc.assert(fc.property(decimals, (text) => canonicalDecimal(text) === text))
  })

  it("knows that 0.1 and 0.2 are 0.3, and that a half is rounded away from zero", () => {
    expect(decimalText(add(decimal("0.1"), decimal("0.2")))).toBe("0.3")
    expect(rounded(decimal("1.005"), 2)).toBe(101n)
    expect(rounded(decimal("-1.005"), 2)).toBe(-101n)
    expect(rounded(decimal("7"), 3)).toBe(7000n)
  })

  it("orders, adds and multiplies as whole numbers do", () => {
    fc.assert(
      fc.property(decimals, decimals, (one, other) => {
        const whole = (text: string) => rounded(decimal(text), 6)
        expect(rounded(add(decimal(one), decimal(other)), 6)).toBe(whole(one) + whole(other))
        expect(rounded(multiply(decimal(one), decimal(other)), 12)).toBe(whole(one) * whole(other))
        const order = compare(decimal(one), decimal(other))
        expect(Math.sign(order)).toBe(whole(one) < whole(other) ? -1 : whole(one) > whole(other) ? 1 : 0)
      }),
    )
  })
})

describe("sharing out", () => {
  it("leaves no rest, gives nobody more than one off, and mirrors where the signs are turned", () => {
    const dividends = fc.array(fc.bigInt(-100_000n, 100_000n), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(dividends, fc.bigInt(1n, 5000n), (values, divisor) => {
        const shares = roundTogether(values, divisor)
        expect(sumOf(shares)).toBe(divideRounded(sumOf(values), divisor))
        for (const [index, value] of values.entries()) {
          const off = (shares[index] ?? 0n) * divisor - value
          expect(off < divisor && off > -divisor).toBe(true)
        }
        const turned = roundTogether(
          values.map((value) => -value),
          divisor,
        )
        if (sumOf(values) !== 0n) expect(turned).toEqual(shares.map((share) => -share))
      }),
    )
  })

  it("gives equal parts their cents one after the other, and all to the first where nobody weighs", () => {
    expect(shareOut(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n])
    expect(shareOut(-5n, [0n, 0n])).toEqual([-5n, 0n])
    expect(shareOut(0n, [])).toEqual([])
  })
})
