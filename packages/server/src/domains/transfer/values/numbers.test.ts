import { describe, expect, it } from "vitest"
import { detectDecimal, looksNumeric, readNumber } from "./numbers.ts"

describe("readNumber", () => {
  it.each([
    ["1.234,50 €", ",", 1234.5],
    ["1.234", ",", 1234],
    ["1.234", ".", 1.234],
    ["$1,200", ".", 1200],
    ["1'200.50", ".", 1200.5],
    ["1.200,-", ",", 1200],
    ["CHF 12.50", ".", 12.5],
    ["(12.5)", ".", -12.5],
    ["12,5-", ",", -12.5],
    ["1 234 567", ".", 1234567],
    ["1,23,456.7", ".", 123456.7],
    ["0,5", ",", 0.5],
    ["-5", ".", -5],
    ["45 %", ".", 45],
  ] as const)("reads %s with %s", (text, mark, value) => {
    expect(readNumber(text, mark)).toEqual({ value })
  })

  it.each([
    ["12.34", ",", "number_invalid"],
    ["1,2,3", ".", "number_invalid"],
    ["twelve", ".", "number_invalid"],
    ["12 pieces", ".", "number_invalid"],
    ["", ".", "number_invalid"],
    ["1.234", "ambiguous", "number_ambiguous"],
  ] as const)("refuses %s with %s", (text, mark, problem) => {
    expect(readNumber(text, mark)).toEqual({ problem })
  })

  it("reads what is clear by itself while the column is not decided", () => {
    expect(readNumber("1.234,50", "ambiguous")).toEqual({ value: 1234.5 })
    expect(readNumber("12.5", "ambiguous")).toEqual({ value: 12.5 })
  })
})

describe("detectDecimal", () => {
  it.each([
    [["1.234", "2.500,10"], ","],
    [["1,234", "2,500.10"], "."],
    [["1.234", "2.345"], "ambiguous"],
    [["1.5", "2,5"], "ambiguous"],
    [["0.125"], "."],
    [["1.234.567"], ","],
    [["12", "900"], undefined],
    [["red"], undefined],
  ] as const)("%j is %s", (samples, mark) => {
    expect(detectDecimal(samples)).toBe(mark)
  })

  it("knows numbers from text", () => {
    expect(["12", "1.234,50 €", "-5"].every(looksNumeric)).toBe(true)
    expect(["", "A12", "12-14", "0171/5550"].some(looksNumeric)).toBe(false)
  })
})
