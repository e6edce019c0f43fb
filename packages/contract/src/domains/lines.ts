import {
  add,
  compare,
  type Decimal,
  decimal,
  decimalText,
  divideRounded,
  isDecimal,
  multiply,
  negated,
  rounded,
  roundTogether,
  shareOut,
  sumOf,
  zero,
} from "../kernel/decimal.ts"
import type { MoneyValue } from "../kernel/fields.ts"
import { minorPlaces, moneyText } from "../kernel/money.ts"

/** A line as it is reckoned with: decimals as text ("2.5"), amounts in minor units. */
export interface Line {
  quantity?: string | null
  unitPrice?: string | null
  discountPercent?: string | null
  discount?: number | null
  taxRate?: string | null
  unitCost?: string | null
  /** How much of the quantity came back. */
  returned?: string | null
  /** Offered beside the rest: it does not count. */
  optional?: boolean | null
}
export interface LinesDocument {
  currency: string
  /** Prices and discounts hold the tax already. */
  pricesIncludeTax: boolean
  lines: readonly Line[]
  /** Off the whole document and added to it, in minor units; both are taxed as the lines are, in proportion. */
  discount?: number | null
  shipping?: number | null
}
/** Minor units of the document's currency, all of them. */
export interface Figures {
  net: number
  tax: number
  gross: number
  /** What the goods cost the business; null where a line does not know. */
  cost: number | null
}
export interface LineFigures extends Figures {
  /** Quantity by price, less the line's own discounts: what a grid shows. */
  amount: number
  /** The part that came back. */
  returned: Figures
}
export interface Totals extends Figures {
  lines: LineFigures[]
  /** By rate, the lowest first; rounded once each. */
  taxes: { rate: string; net: number; tax: number }[]
  /** Sum of the lines before the document's discount and shipping. */
  amount: number
  /** What the goods are sold for without tax and shipping, less their cost; null where a cost is unknown. */
  margin: number | null
  returned: Figures
}

/** What a product says to a line of it. */
export interface Offered {
  id: string
  name: string
  unit?: string | null
  price?: MoneyValue | null
  cost?: MoneyValue | null
  taxRate?: number | null
}
/** The line that a product begins as; without its price and cost where these are in another currency, and without what no line can hold. */
export function lineOf(product: Offered, currency: string) {
  const told = (money: MoneyValue | null | undefined) =>
    money?.currency === currency ? kept(moneyText(money)) : null
  return {
    productId: product.id,
    name: product.name,
    unit: product.unit ?? null,
    unitPrice: told(product.price),
    unitCost: told(product.cost),
    taxRate: typeof product.taxRate === "number" ? kept(String(product.taxRate)) : null,
  }
}
function kept(text: string): string | null {
  return isDecimal(text) ? text : null
}

const hundred = decimal("100")

/** What stands against a line, by its field: rates and discounts lie between 0 and 100, returned between 0 and the quantity. */
export function lineProblem(line: Line): "taxRate" | "discountPercent" | "returned" | null {
  for (const key of ["taxRate", "discountPercent"] as const) {
    const percent = number(line[key])
    if (compare(percent, zero) < 0 || compare(percent, hundred) > 0) return key
  }
  const returned = number(line.returned)
  if (compare(returned, zero) < 0) return "returned"
  return compare(returned, zero) > 0 && compare(returned, quantityOf(line)) > 0 ? "returned" : null
}

/** How much of what was sold came back. */
export function returnedPart(lines: readonly Line[]): "none" | "part" | "whole" {
  const sold = lines.filter((line) => compare(quantityOf(line), zero) > 0)
  if (sold.every((line) => compare(number(line.returned), zero) <= 0)) return "none"
  return sold.every((line) => compare(number(line.returned), quantityOf(line)) >= 0) ? "whole" : "part"
}

/**
 * Figures of a document and of its lines, exact to the minor unit: taxes are rounded once for each rate and
 * shared out so that the lines add up to the document; the order of the lines does not change its totals.
 * Null where an amount is too large for a number, or to be told as a decimal (a payment of it is). Throws where a decimal is none.
 */
export function totalsOf(document: LinesDocument): Totals | null {
  const counted = document.lines.map((line) => ({ line, amount: amountOf(line, document.currency) }))
  const groups = ratesOf(document, counted)
  const parts = new Map(groups.flatMap((group) => group.lines.map((part) => [part.line, part])))
  const lines = document.lines.map((line, index) =>
    lineFigures(line, counted[index]?.amount ?? 0n, { part: parts.get(line), currency: document.currency }),
  )
  const sum = (values: (number | null)[]) =>
    values.reduce<number | null>((one, other) => (one === null || other === null ? null : one + other), 0)
  const of = (values: number[]) => values.reduce((one, other) => one + other, 0)
  const net = of(groups.map((group) => Number(group.net)))
  const tax = of(groups.map((group) => Number(group.tax)))
  const cost = sum(lines.map((line) => line.cost))
  const totals: Totals = {
    lines,
    taxes: groups.map((group) => ({
      rate: decimalText(group.rate),
      net: Number(group.net),
      tax: Number(group.tax),
    })),
    amount: of(lines.map((line) => line.amount)),
    net,
    tax,
    gross: net + tax,
    cost,
    margin: cost === null || lines.length === 0 ? null : of(lines.map((line) => line.net)) - cost,
    returned: {
      net: of(lines.map((line) => line.returned.net)),
      tax: of(lines.map((line) => line.returned.tax)),
      gross: of(lines.map((line) => line.returned.gross)),
      cost: sum(lines.map((line) => line.returned.cost)),
    },
  }
  return isSafe(totals, document.currency) ? totals : null
}

function number(text: string | null | undefined): Decimal {
  return text === null || text === undefined || text === "" ? zero : decimal(text)
}
function quantityOf({ quantity }: Line): Decimal {
  return quantity === null || quantity === undefined || quantity === "" ? decimal("1") : decimal(quantity)
}
/** Quantity by price, less the line's own discounts, in minor units. */
function amountOf(line: Line, currency: string): bigint {
  if (line.optional) return 0n
  const full = multiply(quantityOf(line), number(line.unitPrice))
  const kept = add(hundred, negated(number(line.discountPercent)))
  const reduced = multiply(multiply(full, kept), { digits: 1n, places: 2 })
  return rounded(reduced, minorPlaces(currency)) - BigInt(line.discount ?? 0)
}

interface Counted {
  line: Line
  amount: bigint
}
interface Part {
  line: Line
  net: bigint
  tax: bigint
}
interface RateGroup {
  rate: Decimal
  net: bigint
  tax: bigint
  lines: Part[]
}
/** Lines of one rate belong together: the document's discount and shipping go to the rates first, so that no order of lines matters. */
function ratesOf(document: LinesDocument, counted: readonly Counted[]): RateGroup[] {
  const discount = BigInt(document.discount ?? 0)
  const shipping = BigInt(document.shipping ?? 0)
  const byRate = [
    ...Map.groupBy(
      counted.filter(({ line }) => !line.optional),
      ({ line }) => rateOf(line),
    ),
  ].map(([text, members]) => ({ rate: decimal(text), members }))
  if (byRate.length === 0 && (discount !== 0n || shipping !== 0n)) byRate.push({ rate: zero, members: [] })
  byRate.sort((one, other) => compare(one.rate, other.rate))
  const weights = byRate.map(({ members }) => positive(sumOf(members.map(({ amount }) => amount))))
  const discounts = shareOut(discount, weights)
  const shippings = shareOut(shipping, weights)
  return byRate.map(({ rate, members }, index) =>
    rateGroup({ rate, members, includesTax: document.pricesIncludeTax }, [
      discounts[index] ?? 0n,
      shippings[index] ?? 0n,
    ]),
  )
}
/** A rate below zero can't be typed anywhere and counts as none. */
function rateOf(line: Line): string {
  const rate = number(line.taxRate)
  return compare(rate, zero) < 0 ? "0" : decimalText(rate)
}
function rateGroup(
  { rate, members, includesTax }: { rate: Decimal; members: readonly Counted[]; includesTax: boolean },
  [discount, shipping]: readonly [bigint, bigint],
): RateGroup {
  const shares = shareOut(
    discount,
    members.map(({ amount }) => positive(amount)),
  )
  const bases = members.map(({ amount }, index) => amount - (shares[index] ?? 0n))
  // Without members a discount has nobody to bear it but the shipping.
  const besides = members.length === 0 ? shipping - discount : shipping
  const whole = 100n * 10n ** BigInt(rate.places)
  const divisor = includesTax ? whole + rate.digits : whole
  const ofBase = (base: bigint) => base * rate.digits
  const [goodsTax = 0n, shippingTax = 0n] = roundTogether([sumOf(bases), besides].map(ofBase), divisor)
  const taxes = roundTogether(bases.map(ofBase), divisor, goodsTax)
  const base = sumOf(bases) + besides
  const tax = goodsTax + shippingTax
  return {
    rate,
    net: includesTax ? base - tax : base,
    tax,
    lines: members.map(({ line }, index) => {
      const tax = taxes[index] ?? 0n
      return { line, net: (bases[index] ?? 0n) - (includesTax ? tax : 0n), tax }
    }),
  }
}

function lineFigures(
  line: Line,
  amount: bigint,
  { part, currency }: { part: Part | undefined; currency: string },
): LineFigures {
  const { net, tax } = part ?? { net: 0n, tax: 0n }
  const cost = costOf(line, currency)
  const back = (value: bigint) => Number(returnedOf(line, value))
  const gross = back(net + tax)
  return {
    amount: Number(amount),
    net: Number(net),
    tax: Number(tax),
    gross: Number(net + tax),
    cost: cost === null ? null : Number(cost),
    returned: { net: back(net), tax: gross - back(net), gross, cost: cost === null ? null : back(cost) },
  }
}
function costOf(line: Line, currency: string): bigint | null {
  if (line.optional) return 0n
  if (line.unitCost === null || line.unitCost === undefined || line.unitCost === "") return null
  return rounded(multiply(quantityOf(line), decimal(line.unitCost)), minorPlaces(currency))
}
/** As much of a value as of the quantity came back. */
function returnedOf(line: Line, value: bigint): bigint {
  const returned = number(line.returned)
  const quantity = quantityOf(line)
  if (compare(returned, zero) <= 0 || compare(quantity, zero) <= 0) return 0n
  if (compare(returned, quantity) >= 0) return value
  const places = Math.max(returned.places, quantity.places)
  return divideRounded(value * rounded(returned, places), rounded(quantity, places))
}

function positive(value: bigint): bigint {
  return value > 0n ? value : 0n
}
function isSafe({ lines, gross, net, tax, amount, cost }: Totals, currency: string): boolean {
  const figures = lines.flatMap((line) => [line.amount, line.net, line.tax, line.gross, line.cost ?? 0])
  return [...figures, gross, net, tax, amount, cost ?? 0].every(
    (figure) => Number.isSafeInteger(figure) && isDecimal(moneyText({ amount: figure, currency })),
  )
}
