import { describe, expect, it } from "vitest"
import { tokenOfLink } from "./link-token.ts"
import { currencyOf, guessPlace } from "./place-guess.ts"
import { deviceOf } from "./settings/device.ts"

describe("the guess of where a business is", () => {
  it("believes the device's zone before the browser's language", () => {
    expect(guessPlace(["en-US", "en"], "Europe/Berlin")).toEqual({
      country: "DE",
      currency: "EUR",
      timeZone: "Europe/Berlin",
    })
  })
  it("takes the region of the language where the zone says nothing", () => {
    expect(guessPlace(["es", "es-BO"], "America/La_Paz")).toMatchObject({ country: "BO", currency: null })
  })
  it("asks when nothing is known", () => {
    expect(guessPlace(["en"], "UTC")).toEqual({ country: null, currency: null, timeZone: "UTC" })
  })
  it("knows the currency of a country", () => {
    expect(currencyOf("CH")).toBe("CHF")
    expect(currencyOf("XX")).toBeNull()
  })
})

describe("a link", () => {
  it("carries its secret behind the hash sign", () => {
    expect(tokenOfLink("#abc-_%3D")).toBe("abc-_=")
    expect(tokenOfLink("#token=abc")).toBe("abc")
    expect(tokenOfLink("")).toBe("")
  })
})

describe("a device", () => {
  it("is named as people call it", () => {
    const edge =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0"
    const phone =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Mobile Safari/604.1"
    expect(deviceOf(edge)).toEqual({ browser: "Edge", system: "Windows", phone: false })
    expect(deviceOf(phone)).toEqual({ browser: "Safari", system: "iPhone", phone: true })
    expect(deviceOf(null)).toEqual({ browser: undefined, system: undefined, phone: false })
  })
})
