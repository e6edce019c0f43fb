import { describe, expect, it } from "vitest"
import { readPhone, readPhones } from "./phones.ts"

const e164 = (text: string, country?: string) => {
  const reading = readPhone(text, country)
  return "value" in reading ? reading.value.e164 : reading.problem
}

describe("readPhone", () => {
  it.each([
    ["+49 (0)89 5550123", undefined, "+49895550123"],
    ["0049 171 5550101", undefined, "+491715550101"],
    ["0171/5550101", "DE", "+491715550101"],
    ["(512) 757-6000", "US", "+15127576000"],
    ["600 111 222", "ES", "+34600111222"],
    ["'+447700900301", "DE", "+447700900301"],
    ["+39 (0)6 1234 5678", "DE", "+390612345678"],
    ["+39 06 1234 5678", "DE", "+390612345678"],
    ["+1 512 555 0142 ext. 5", "DE", "+15125550142"],
  ])("reads %s", (text, country, number) => {
    expect(e164(text, country)).toBe(number)
  })

  it("keeps a number it can't place, as it was written", () => {
    expect(readPhone(" 089 5550123 ")).toEqual({ value: { e164: null, raw: "089 5550123" } })
    expect(readPhone("555-0101", "US")).toEqual({ value: { e164: null, raw: "555-0101" } })
    expect(readPhone("0171 5550101", "XX")).toEqual({ value: { e164: null, raw: "0171 5550101" } })
  })

  it.each(["see notes", "12", "4.9171E+11", "ask for Anna in the shop 3", "-"])("refuses %s", (text) => {
    expect(readPhone(text, "DE")).toEqual({ problem: "phone_invalid" })
  })
})

describe("readPhones", () => {
  it("takes several numbers from a cell, and a German slash for part of one", () => {
    const numbers = readPhones("0171/5550101; 089 5550123 / 089 5550124\n+34 600 111 222", "DE")
    expect(numbers.map((reading) => ("value" in reading ? reading.value.e164 : null))).toEqual([
      "+491715550101",
      "+49895550123",
      "+49895550124",
      "+34600111222",
    ])
  })
})
