import { describe, expect, it } from "vitest"
import { createFormats } from "./formats.ts"
import { chooseLanguage } from "./runtime.ts"

describe("formats", () => {
  it("writes money in the habits of the country", () => {
    const swiss = createFormats({ language: "de", country: "CH" })
    expect(swiss.money({ amount: 129900, currency: "CHF" })).toMatch(/1.299\.00/)
    const german = createFormats({ language: "de", country: "DE" })
    expect(german.money({ amount: 129900, currency: "EUR" })).toContain("1.299,00")
    const british = createFormats({ language: "en", country: "GB" })
    expect(british.money({ amount: 129900, currency: "GBP" })).toBe("£1,299.00")
  })
  it("knows currencies without minor units", () => {
    expect(createFormats({ language: "en", country: "US" }).money({ amount: 500, currency: "JPY" })).toBe(
      "¥500",
    )
  })
  it("keeps days in the viewer's zone", () => {
    const formats = createFormats({ language: "en", country: "GB", timeZone: "Pacific/Auckland" })
    expect(formats.date(new Date("2026-03-01T20:00:00Z"), { day: "numeric", month: "short" })).toBe("2 Mar")
  })
  it("names countries, and shows an unknown code as it is", () => {
    const formats = createFormats({ language: "de" })
    expect(formats.nameOf("region", "ES")).toBe("Spanien")
    expect(formats.nameOf("region", "not a code")).toBe("not a code")
  })
})

describe("language", () => {
  it("is the first one spoken here, else English", () => {
    expect(chooseLanguage([null, "fr-FR", "de-AT"])).toBe("de")
    expect(chooseLanguage(["fr"])).toBe("en")
  })
})
