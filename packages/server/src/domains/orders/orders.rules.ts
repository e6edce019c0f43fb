import {
  type LineFigures,
  lineProblem,
  returnedPart,
  type Totals,
  totalsOf,
} from "@regulars/contract/domains/lines.ts"
import { isSold } from "@regulars/contract/domains/orders.ts"
import { add, decimal, decimalText, isDecimal, rounded } from "@regulars/contract/kernel/decimal.ts"
import type { MoneyValue } from "@regulars/contract/kernel/fields.ts"
import { minorPlaces, moneyText } from "@regulars/contract/kernel/money.ts"
import { invalid } from "../../kernel/errors.ts"
import { newId } from "../../kernel/ids.ts"
import type { StoredRecord, Values } from "../../kernel/records/columns.ts"

export interface OrderLine extends Values {
  id: string
  name: string
  productId?: string | null
  variant?: string | null
  quantity?: string | null
  unitPrice?: string | null
  returned?: string | null
}
export interface Payment extends Values {
  id: string
  amount: string
}
export interface Seller {
  /** Now, as an ISO instant. */
  now: string
  /** Of the workspace. */
  currency: string
  country: string
  /** Whether whoever writes may enter payments. */
  mayPay: boolean
}
const figureKeys = [
  ...["total", "net", "tax", "taxes", "paid", "refunded", "openAmount"],
  ...["returned", "returnedAmount", "cost", "margin"],
]
/**
 * What figures, status and payments follow from: a change of anything else leaves them alone. The figures are named
 * themselves, as taking a change back writes them: they are reckoned instead.
 */
export const orderedFields = [
  ...figureKeys,
  ...["orderedAt", "status", "currency", "pricesIncludeTax"],
  ...["lines", "discount", "shipping", "payments"],
]
/** Where prices are told without the tax that comes on top. */
const withoutTax = ["US", "CA"]

/**
 * Completes what is written to an order: placed now, in the workspace's currency, its figures from its lines and
 * payments. An order whose payments cover it becomes paid; one that is said to be paid gets the payment that is
 * missing. Throws `validation_failed` where a line can't be, for amounts in another currency and too large ones.
 */
export function prepareOrder(values: Values, before: StoredRecord | undefined, seller: Seller): Values {
  if (before && !orderedFields.some((key) => key in values)) return values
  const order: Values = { ...before, ...values }
  order.orderedAt ??= before?.orderedAt ?? seller.now
  order.status ??= "placed"
  order.currency = currencyOf(order.currency ?? before?.currency ?? seller.currency)
  order.pricesIncludeTax ??= !withoutTax.includes(seller.country)
  const totals = figuresOf(order)
  if ((!before || "lines" in values || "discount" in values) && isOverDiscounted(order, totals))
    throw invalid("discount", "out_of_range", "can't be more than the lines come to")
  const payments = paymentsOf(order, totals, { values, before, seller })
  const status = statusOf(order, totals, { values, before, payments })
  const lines = linesOf(order).map((line, index) => ({
    ...line,
    ...kept(totals.lines[index] as LineFigures),
  }))
  const { orderedAt, currency, pricesIncludeTax } = order
  const said = { orderedAt, status, currency, pricesIncludeTax, lines, payments }
  return { ...values, ...said, ...followingFigures({ ...order, ...said }, totals, before) }
}

function isOverDiscounted(order: Values, { amount }: Totals): boolean {
  const discount = amountOf(order, "discount")
  return discount > 0 && discount > amount
}
function currencyOf(value: unknown): string {
  const code = String(value).toUpperCase()
  if (!/^[A-Z]{3}$/.test(code))
    throw invalid("currency", "invalid_value", "is not a currency code such as EUR")
  return code
}
export function linesOf(order: Values): OrderLine[] {
  return (order.lines as OrderLine[] | undefined) ?? []
}
export function paymentsIn(order: Values): Payment[] {
  return (order.payments as Payment[] | undefined) ?? []
}
/** What stands on a line of an order beside what was said. */
function kept({ net, tax, gross }: LineFigures): Values {
  return { net, tax, gross }
}

/** Figures of an order as it stands. Throws where they can't be reckoned. */
export function figuresOf(order: Values): Totals {
  const lines = linesOf(order)
  for (const [index, line] of lines.entries()) {
    const problem = lineProblem(line)
    if (problem) throw invalid(`lines.${index}.${problem}`, "out_of_range", problems[problem])
  }
  const totals = totalsOf({
    currency: String(order.currency),
    pricesIncludeTax: order.pricesIncludeTax === true,
    lines,
    discount: amountOf(order, "discount"),
    shipping: amountOf(order, "shipping"),
  })
  if (!totals) throw invalid("lines", "too_large", "come to more than can be reckoned")
  return totals
}
const problems = {
  taxRate: "must lie between 0 and 100 percent",
  discountPercent: "must lie between 0 and 100 percent",
  returned: "can't be more than was sold",
}
function amountOf(order: Values, key: "discount" | "shipping"): number {
  const money = order[key] as MoneyValue | null | undefined
  if (!money) return 0
  if (money.currency !== order.currency)
    throw invalid(key, "other_currency", `must be in ${String(order.currency)}, as the order is`)
  if (money.amount < 0) throw invalid(key, "out_of_range", "can't be less than nothing")
  return money.amount
}

/** What is to be paid for an order as it stands, in minor units: nothing for what was not sold. */
export function dueFor({ status }: Values, totals: Totals): number {
  return isSold(status) ? worth(totals) : 0
}

interface Change {
  values: Values
  before: StoredRecord | undefined
}
/** Payments in minor units, the first first. */
function amountsOf(order: Values): number[] {
  return paymentsIn(order).map(({ amount }) =>
    Number(rounded(decimal(amount), minorPlaces(String(order.currency)))),
  )
}
/** What was paid for an order, less what was given back, in minor units. */
export function received(order: Values): number {
  return amountsOf(order).reduce((sum, amount) => sum + amount, 0)
}
/** What an order comes to, less what came back of it, in minor units. */
export function worth({ gross, returned }: Totals): number {
  return gross - returned.gross
}
/** Minor units as a payment tells them. Throws `validation_failed` where that is too much for one. */
export function paymentText({ currency }: Values, amount: number): string {
  const text = moneyText({ amount, currency: String(currency) })
  if (!Number.isSafeInteger(amount) || !isDecimal(text))
    throw invalid("payments", "too_large", "come to more than can be reckoned")
  return text
}
const beforePayment = ["draft", "placed", "cancelled"]
/** Payments with their times; an order that is called paid has all it takes. */
function paymentsOf(
  order: Values,
  totals: Totals,
  { values, before, seller }: Change & { seller: Seller },
): Payment[] {
  const at = before ? seller.now : order.orderedAt
  const payments = paymentsIn(order).map((payment) => ({ ...payment, at: payment.at ?? at }))
  // A fulfilled order that is called paid again keeps the payments it has: something may rightly be open.
  const becomesPaid = values.status === "paid" && (!before || beforePayment.includes(String(before.status)))
  const missing = worth(totals) - received({ ...order, payments })
  if (!becomesPaid || missing <= 0) return payments
  if (!seller.mayPay) throw invalid("status", "forbidden", "takes a payment that you may not enter")
  return [...payments, { id: newId(), at, amount: paymentText(order, missing) }]
}
/** Whoever names a status has it; else payments that cover an order make it paid. */
function statusOf(
  order: Values,
  totals: Totals,
  { values, before, payments }: Change & { payments: readonly Payment[] },
): unknown {
  const waits = order.status === "draft" || order.status === "placed"
  const isNamed = before ? "status" in values && values.status !== before.status : values.status === "draft"
  if (!waits || isNamed || payments.length === 0 || !("payments" in values)) return order.status
  return received({ ...order, payments }) >= worth(totals) ? "paid" : order.status
}

function followingFigures(order: Values, totals: Totals, before: StoredRecord | undefined): Values {
  const currency = String(order.currency)
  const money = (amount: number | null) => (amount === null ? null : { amount, currency })
  const due = dueFor(order, totals)
  const known = new Map(((before?.taxes ?? []) as Values[]).map(({ rate, id }) => [rate, id]))
  const sum = received(order)
  if (![sum, due - sum].every(Number.isSafeInteger))
    throw invalid("payments", "too_large", "come to more than can be reckoned")
  const refunded = amountsOf(order).reduce((all, amount) => all + Math.max(0, -amount), 0)
  return {
    total: money(totals.gross),
    net: money(totals.net),
    tax: money(totals.tax),
    taxes: totals.taxes.map((rate) => ({ id: known.get(rate.rate) ?? newId(), ...rate })),
    paid: money(sum + refunded),
    refunded: money(refunded),
    openAmount: money(due - sum),
    returned: returnedPart(linesOf(order)),
    returnedAmount: money(totals.returned.gross),
    cost: money(totals.cost),
    margin: money(marginOf(totals)),
  }
}
/** What the goods that were kept brought, less what they cost. */
function marginOf({ margin, returned }: Totals): number | null {
  if (margin === null || returned.cost === null) return null
  return margin - (returned.net - returned.cost)
}

/** Lines with more of them come back: what is named, or all that was sold. Throws for a line that is not there. */
export function withReturned(
  lines: readonly OrderLine[],
  back: readonly { id: string; quantity: string }[] | undefined,
): OrderLine[] {
  const ids = new Set(lines.map(({ id }) => id))
  const strange = (back ?? []).findIndex(({ id }) => !ids.has(id))
  if (strange >= 0) throw invalid(`lines.${strange}.id`, "not_found", "is no line of this order")
  return lines.map((line) => {
    const quantity = line.quantity ?? "1"
    if (!back) return quantity.startsWith("-") ? line : { ...line, returned: quantity }
    const more = back.filter(({ id }) => id === line.id).map((one) => decimal(one.quantity))
    return more.length === 0
      ? line
      : { ...line, returned: decimalText(more.reduce(add, decimal(line.returned ?? "0"))) }
  })
}
