import { createFormats } from "@regulars/locales/formats.ts"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readDecimal, showDecimal } from "./decimal-text.ts"

const english = createFormats({ language: "en" })
const german = createFormats({ language: "de", country: "DE" })

describe("a decimal in a line", () => {
  it("is shown as the reader writes it, a price with its cents", () => {
    expect(showDecimal("1234.5", german)).toBe("1234,5")
    expect(showDecimal("1234.5", english, 2)).toBe("1234.50")
    expect(showDecimal("0.005", german, 2)).toBe("0,005")
    expect(showDecimal("3", german)).toBe("3")
  })
  it("is read as people mean it", () => {
    expect(readDecimal("2,5", german)).toBe("2.5")
    expect(readDecimal("2.5", german)).toBe("2.5")
    expect(readDecimal("2,5", english)).toBe("2.5")
    expect(readDecimal(" 1.234,50 ", english)).toBe("1234.5")
    expect(readDecimal("1,234,567", english)).toBe("1234567")
    expect(readDecimal("1.234", german)).toBe("1234")
    expect(readDecimal("1.234", english)).toBe("1.234")
    expect(readDecimal("1’234.50", english)).toBe("1234.5")
    expect(readDecimal("-,5", german)).toBe("-0.5")
  })
  it("is none where it is no number, or a finer one than can be kept", () => {
    for (const typed of ["", "-", "two", "1e3", "1.2345678", "0x10"])
      expect(readDecimal(typed, english)).toBeUndefined()
    expect(readDecimal("12.", english)).toBe("12")
  })
  it("comes back as it was shown", () => {
    const places = fc.integer({ min: 0, max: 4 })
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 999_999 }), places, (whole, fraction, least) => {
        const value = readDecimal(`${whole}.${String(fraction).padStart(6, "0")}`, english) ?? ""
        for (const formats of [english, german]) {
          const shown = showDecimal(value, formats, least)
          // Three digits behind the reader's own sign are always a fraction.
          expect(readDecimal(shown, formats)).toBe(value)
        }
      }),
    )
  })
})
