import { isDeepStrictEqual } from "node:util"
import { isSold } from "@regulars/contract/domains/orders.ts"
import type { Context, WriteKind } from "../../kernel/context.ts"
import type { StoredRecord } from "../../kernel/records/columns.ts"
import { dayIn } from "../../kernel/time.ts"
import { type LineRow, writeLines } from "./orders.queries.ts"
import { figuresOf, linesOf } from "./orders.rules.ts"

/** What `order_lines` holds of an order. */
export function lineRows(ctx: Pick<Context, "workspaceZone">, order: StoredRecord): LineRow[] {
  const lines = linesOf(order)
  if (lines.length === 0) return []
  const totals = figuresOf(order)
  const orderedAt = String(order.orderedAt)
  const shared = {
    order_id: order.id,
    counts: isSold(order.status) && order.deletedAt === null,
    ordered_at: orderedAt,
    day: dayIn(ctx.workspaceZone, new Date(orderedAt)),
    currency: order.currency,
  }
  return lines.map((line, place) => {
    const figures = totals.lines[place]
    return {
      ...shared,
      line_id: line.id,
      place,
      product_id: line.productId ?? null,
      name: line.name,
      quantity: Number(line.quantity ?? 1),
      returned: Number(line.returned ?? 0),
      net: figures?.net ?? 0,
      tax: figures?.tax ?? 0,
      cost: figures?.cost ?? null,
      returned_net: figures?.returned.net ?? 0,
      returned_tax: figures?.returned.tax ?? 0,
      returned_cost: figures?.returned.cost ?? null,
    }
  })
}

/** Keeps `order_lines` equal to the orders, whatever is done with these. */
export function followLines(
  ctx: Context,
  {
    kind,
    records,
    before,
  }: { kind: WriteKind; records: readonly StoredRecord[]; before: readonly StoredRecord[] },
): void {
  const isNew = kind === "create"
  const changed = records.flatMap((record, index) => {
    const rows = lineRows(ctx, record)
    const earlier = before[index]
    return earlier && isDeepStrictEqual(rows, lineRows(ctx, earlier)) ? [] : [{ id: record.id, rows }]
  })
  if (changed.length === 0) return
  writeLines(
    ctx,
    changed.map(({ id }) => id),
    changed.flatMap(({ rows }) => rows),
    { isNew },
  )
}
