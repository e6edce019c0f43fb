import { describe, expect, it } from "vitest"
import { knownCountry, readCountry } from "./countries.ts"
import { readLanguage } from "./languages.ts"

describe("readCountry", () => {
  it.each([
    ["Germany", "DE"],
    ["Deutschland", "DE"],
    ["ALEMANIA", "DE"],
    ["deu", "DE"],
    ["D", "DE"],
    ["BRD", "DE"],
    ["Germany (DE)", "DE"],
    ["Oesterreich", "AT"],
    ["EE.UU.", "US"],
    ["U.S.A.", "US"],
    ["Vereinigte Staaten", "US"],
    ["England", "GB"],
    ["España", "ES"],
    ["Espana", "ES"],
    ["Schweiz", "CH"],
    ["Czech Republic", "CZ"],
    ["Türkei", "TR"],
    ["Cote d'Ivoire", "CI"],
    ["Philipines", "PH"],
    ["Switzerlnad", "CH"],
    ["Swizerlnad", undefined],
    ["Netherlandss", "NL"],
    ["Niger", "NE"],
    ["Nigeria", "NG"],
    ["Bavaria", undefined],
    ["", undefined],
  ])("%s is %s", (text, country) => {
    expect(readCountry(text)).toEqual(country ? { value: country } : { problem: "country_unknown" })
  })

  it("knows without guessing only exact names", () => {
    expect(knownCountry("Philippines")).toBe("PH")
    expect(knownCountry("Philipines")).toBeUndefined()
  })
})

describe("readLanguage", () => {
  it.each([
    ["Deutsch", "de"],
    ["inglés", "en"],
    ["castellano", "es"],
    ["Euskera", "eu"],
    ["français", "fr"],
    ["en_us", "en-US"],
    ["pt-br", "pt-BR"],
    ["ger", "de"],
    ["English; Spanish", "en"],
    ["Englisch (UK)", "en"],
    ["Klingon", undefined],
    ["xx", undefined],
  ])("%s is %s", (text, language) => {
    expect(readLanguage(text)).toEqual(language ? { value: language } : { problem: "language_unknown" })
  })
})
