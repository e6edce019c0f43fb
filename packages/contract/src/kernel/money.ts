import { decimal, decimalText, isDecimal, rounded } from "./decimal.ts"
import type { MoneyValue } from "./fields.ts"

/** Places by currency: asking costs as much as a hundred sums. */
const placesKnown = new Map<string, number>()
/** Places behind the point in a currency: 2 for euros, 0 for yen. */
export function minorPlaces(currency: string): number {
  const known = placesKnown.get(currency)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat("en", { style: "currency", currency })
  const places = format.resolvedOptions().maximumFractionDigits ?? 2
  placesKnown.set(currency, places)
  return places
}
/** Minor units in a whole one: 100 for euros, 1 for yen. */
export function minorUnits(currency: string): number {
  return 10 ** minorPlaces(currency)
}
/** An amount of whole units as it is stored; read as it is written, so that 1.005 is a half and no float below one. */
export function moneyIn(units: number, currency: string): MoneyValue {
  const text = String(units)
  const amount = isDecimal(text)
    ? Number(rounded(decimal(text), minorPlaces(currency)))
    : Math.round(units * minorUnits(currency))
  return { amount, currency }
}
/** An amount in whole units as exact text: 1250 cents are "12.5". */
export function moneyText({ amount, currency }: MoneyValue): string {
  return decimalText({ digits: BigInt(amount), places: minorPlaces(currency) })
}
/** An amount in whole units, as a number. */
export function wholeUnits({ amount, currency }: MoneyValue): number {
  return amount / minorUnits(currency)
}
