import { expect, it } from "vitest"
import { addressLines } from "./address.ts"

const place = { street: "Ring 1", city: "Leeds", region: "Yorkshire", postalCode: "LS1" }

it("an address is written in the order of its country", () => {
  expect(addressLines({ ...place, country: "DE" })).toEqual(["Ring 1", "LS1 Leeds"])
  expect(addressLines({ ...place, country: "NZ" })).toEqual(["Ring 1", "Leeds Yorkshire LS1"])
  expect(addressLines(place, { home: "GB" })).toEqual(["Ring 1", "Leeds Yorkshire LS1"])
  expect(addressLines({ ...place, country: "ES" }, { region: true }).at(-1)).toBe("LS1 Leeds Yorkshire")
})
it("empty parts leave no gaps, and a street of two lines is two", () => {
  expect(addressLines({ city: " Ulm ", country: "DE" })).toEqual(["Ulm"])
  expect(addressLines({ street: "c/o Ana\nRing 1\n", city: null })).toEqual(["c/o Ana", "Ring 1"])
})
