import { expect, it } from "vitest"
import { moneyIn, wholeUnits } from "./money.ts"

it.each([
  [12.5, "EUR", 1250],
  [1200, "JPY", 1200],
  [1.234, "KWD", 1234],
])("%f %s are %i minor units, and back", (units, currency, amount) => {
  expect(moneyIn(units, currency)).toEqual({ amount, currency })
  expect(wholeUnits({ amount, currency })).toBe(units)
})
