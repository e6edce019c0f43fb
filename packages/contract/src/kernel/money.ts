import type { MoneyValue } from "./fields.ts"

/** Minor units in a whole one: 100 for euros, 1 for yen. */
export function minorUnits(currency: string): number {
  const format = new Intl.NumberFormat("en", { style: "currency", currency })
  return 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2)
}
/** An amount of whole units as it is stored. */
export function moneyIn(units: number, currency: string): MoneyValue {
  return { amount: Math.round(units * minorUnits(currency)), currency }
}
/** An amount in whole units, as a number. */
export function wholeUnits({ amount, currency }: MoneyValue): number {
  return amount / minorUnits(currency)
}
