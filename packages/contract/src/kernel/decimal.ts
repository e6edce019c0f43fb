/**
 * Numbers with a point, exactly: prices, quantities and rates travel as text ("12.50") and are reckoned as
 * whole numbers of any size, never as floats.
 */
export interface Decimal {
  /** The value without its point. */
  digits: bigint
  /** How many of the digits stand behind the point. */
  places: number
}

/** At most twelve digits before and six behind the point: finer than any price, and far below what sums can hold. */
const pattern = /^([+-]?)(\d{1,12})(?:\.(\d{1,6}))?$/

export const zero: Decimal = { digits: 0n, places: 0 }

export function isDecimal(text: string): boolean {
  return pattern.test(text.trim())
}

/** What a text such as "12.50" says. Throws on anything else, so ask `isDecimal` about what people typed. */
export function decimal(text: string): Decimal {
  const [, sign, whole, fraction = ""] = pattern.exec(text.trim()) ?? []
  if (whole === undefined) throw new RangeError(`"${text.slice(0, 40)}" is not a decimal number`)
  const digits = BigInt(whole + fraction)
  return { digits: sign === "-" ? -digits : digits, places: fraction.length }
}

/** The shortest text of the same value: "+012.50" is "12.5", "-0.0" is "0". */
export function canonicalDecimal(text: string): string {
  return decimalText(decimal(text))
}

export function decimalText({ digits, places }: Decimal): string {
  const sign = digits < 0n ? "-" : ""
  const padded = String(digits < 0n ? -digits : digits).padStart(places + 1, "0")
  const whole = padded.slice(0, padded.length - places)
  const fraction = padded.slice(padded.length - places).replace(/0+$/, "")
  return sign + whole + (fraction === "" ? "" : `.${fraction}`)
}

export function add(one: Decimal, other: Decimal): Decimal {
  const places = Math.max(one.places, other.places)
  return { digits: scaled(one, places) + scaled(other, places), places }
}
export function negated({ digits, places }: Decimal): Decimal {
  return { digits: -digits, places }
}
export function multiply(one: Decimal, other: Decimal): Decimal {
  return { digits: one.digits * other.digits, places: one.places + other.places }
}
/** Below zero where the first is smaller, above where it is larger. */
export function compare(one: Decimal, other: Decimal): number {
  const { digits } = add(one, negated(other))
  return digits < 0n ? -1 : digits > 0n ? 1 : 0
}

/** The value in steps of so many places, a half rounded away from zero: 12.345 at two places is 1235. */
export function rounded({ digits, places }: Decimal, to: number): bigint {
  return places <= to
    ? digits * 10n ** BigInt(to - places)
    : divideRounded(digits, 10n ** BigInt(places - to))
}
function scaled({ digits, places }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - places)
}

/** A quotient as a whole number, a half rounded away from zero. The divisor is above zero. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const half = dividend < 0n ? -divisor : divisor
  return (2n * dividend + half) / (2n * divisor)
}

/**
 * Quotients of one divisor rounded so that they add up to a total, which is their rounded sum unless it is given
 * as the one beside that: each is rounded down, and what is missing goes one by one to those who lost most by
 * that, the earlier first. The divisor is above zero. All signs turned give all results turned.
 */
export function roundTogether(
  dividends: readonly bigint[],
  divisor: bigint,
  total: bigint = divideRounded(sumOf(dividends), divisor),
): bigint[] {
  if (sumOf(dividends) < 0n)
    return roundTogether(
      dividends.map((dividend) => -dividend),
      divisor,
      -total,
    ).map((share) => -share)
  const losses = dividends.map((dividend, index) => {
    const rest = dividend % divisor
    return { index, loss: rest < 0n ? rest + divisor : rest }
  })
  const shares = dividends.map((dividend, index) => (dividend - (losses[index]?.loss ?? 0n)) / divisor)
  losses.sort((one, other) => Number(other.loss > one.loss) - Number(other.loss < one.loss))
  for (const { index } of losses.slice(0, Number(total - sumOf(shares))))
    shares[index] = (shares[index] ?? 0n) + 1n
  return shares
}

/** A whole number shared out by weights, none below zero, without a rest; where all are zero the first gets it all. */
export function shareOut(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = sumOf(weights)
  if (sum === 0n) return weights.map((_, index) => (index === 0 ? total : 0n))
  return roundTogether(
    weights.map((weight) => weight * total),
    sum,
  )
}

export function sumOf(values: readonly bigint[]): bigint {
  return values.reduce((one, other) => one + other, 0n)
}
