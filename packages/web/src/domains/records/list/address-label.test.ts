import { describe, expect, it } from "vitest"
import { labelLines, sheetsOf } from "./address-label.ts"

const country = (code: string) => ({ DE: "Germany", GB: "United Kingdom" })[code] ?? code
const berlin = { street: "Ring 1", postalCode: "10115", city: "Berlin", country: "DE" }
const lines = (addresses: Record<string, string>[], home = "DE") =>
  labelLines({ name: "Ana Silva", company: undefined, addresses }, home, country)

describe("address label", () => {
  it("writes letters at home without the country", () => {
    expect(lines([berlin])).toEqual(["Ana Silva", "Ring 1", "10115 Berlin"])
  })
  it("writes letters abroad with the country last", () => {
    expect(lines([berlin], "ES")?.at(-1)).toBe("Germany")
    expect(lines([{ street: "1 High St", city: "Leeds", postalCode: "LS1", country: "GB" }])).toEqual([
      "Ana Silva",
      "1 High St",
      "Leeds LS1",
      "United Kingdom",
    ])
  })
  it("takes the first address that can be written to, and is left out without any", () => {
    expect(lines([{ country: "DE" }, berlin])?.[1]).toBe("Ring 1")
    expect(lines([{ country: "DE" }])).toBeUndefined()
  })
  it("leaves used labels of the first sheet blank", () => {
    const sheets = sheetsOf(
      Array.from({ length: 24 }, (_, index) => index),
      3,
    )
    expect(sheets.map((sheet) => sheet.length)).toEqual([24, 2])
    expect(sheets[0]?.slice(0, 3)).toEqual([null, null, 0])
  })
})
