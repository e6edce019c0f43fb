import type { Context } from "../../kernel/context.ts"
import type { Values } from "../../kernel/records/columns.ts"
import { offeredLines } from "../catalog/index.ts"
import { passNumbers, takeNumbers } from "./orders.queries.ts"
import { linesOf, type OrderLine } from "./orders.rules.ts"

const offered = ["unit", "unitPrice", "unitCost", "taxRate"] as const

/** Gives new orders numbers, and their lines what they leave to their products to say. */
export async function completeOrders(ctx: Context, inputs: readonly Values[]): Promise<Values[]> {
  const unnamed = inputs.filter(isUnnamed).length
  const priced = await withPrices(ctx, inputs)
  passNumbers(
    ctx,
    "orders",
    inputs.map(({ number }) => number),
  )
  let next = unnamed === 0 ? 0 : await takeNumbers(ctx, "orders", unnamed)
  return priced.map((values) => (isUnnamed(values) ? { ...values, number: String(next++) } : values))
}
function isUnnamed({ number }: Values): boolean {
  return typeof number !== "string" || number.trim() === ""
}

async function withPrices(ctx: Context, inputs: readonly Values[]): Promise<readonly Values[]> {
  const byCurrency = Map.groupBy(
    inputs.filter((values) => linesOf(values).some(leavesOpen)),
    ({ currency }) => String(currency ?? ctx.currency).toUpperCase(),
  )
  const known = new Map<Values, Values>()
  for (const [currency, own] of byCurrency) {
    const ids = own.flatMap(linesOf).flatMap((line) => (leavesOpen(line) ? String(line.productId) : []))
    const lines = await offeredLines(ctx, ids, currency)
    for (const values of own)
      known.set(values, {
        ...values,
        lines: linesOf(values).map((line) => (leavesOpen(line) ? filled(line, lines) : line)),
      })
  }
  return inputs.map((values) => known.get(values) ?? values)
}
function leavesOpen(line: OrderLine): boolean {
  return typeof line.productId === "string" && offered.some((key) => isOpen(line[key]))
}
function isOpen(value: unknown): boolean {
  return value === undefined || value === null
}
function filled(line: OrderLine, lines: Awaited<ReturnType<typeof offeredLines>>): OrderLine {
  const product = lines.get(String(line.productId))?.(line.variant)
  if (!product) return line
  const told = offered.filter((key) => isOpen(line[key])).map((key) => [key, product[key]])
  return { ...line, ...Object.fromEntries(told) }
}
