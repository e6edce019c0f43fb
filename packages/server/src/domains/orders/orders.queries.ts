import type { Context } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { recordset, type Values } from "../../kernel/records/columns.ts"

/** Before a workspace has its first order: numbers of four digits look like numbers of orders. */
const first = 1001

/** So many numbers in a row that nobody else gets; the first of them. Others who need one wait for the commit. */
export async function takeNumbers(ctx: Context, series: string, count: number): Promise<number> {
  const row = await ctx.tx.row<{ next: string }>(sql`
    insert into number_series (workspace_id, series, next) values (${ctx.workspaceId}, ${series}, ${first + count})
    on conflict (workspace_id, series) do update set next = number_series.next + ${count}
    returning next`)
  return Number(row?.next) - count
}

/** Goes on behind numbers that somebody gave themselves, so that none is given twice. */
export function passNumbers(ctx: Context, series: string, numbers: readonly unknown[]): void {
  const plain = numbers.filter((one) => typeof one === "string" && /^\d{1,12}$/.test(one.trim())).map(Number)
  const next = plain.reduce((most, one) => Math.max(most, one + 1), 0)
  if (next <= first) return
  ctx.tx.write(sql`
    insert into number_series (workspace_id, series, next) values (${ctx.workspaceId}, ${series}, ${next})
    on conflict (workspace_id, series) do update set next = excluded.next
    where number_series.next < excluded.next`)
}

const lineTypes = {
  order_id: "uuid",
  line_id: "uuid",
  place: "int2",
  product_id: "uuid",
  name: "text",
  counts: "bool",
  ordered_at: "timestamptz",
  day: "date",
  quantity: "float8",
  returned: "float8",
  currency: "text",
  net: "int8",
  tax: "int8",
  cost: "int8",
  returned_net: "int8",
  returned_tax: "int8",
  returned_cost: "int8",
}
/** A row of `order_lines`. */
export type LineRow = Values & Record<keyof typeof lineTypes, unknown>

/** Brings the derived lines of orders to what these hold now; `isNew`: none of theirs is there yet. */
export function writeLines(
  ctx: Context,
  orderIds: readonly string[],
  rows: readonly LineRow[],
  { isNew }: { isNew: boolean },
): void {
  if (!isNew)
    ctx.tx.write(sql`
      delete from order_lines where workspace_id = ${ctx.workspaceId} and order_id = any (${orderIds}::uuid[])`)
  if (rows.length === 0) return
  const names = sql.join(Object.keys(lineTypes).map((name) => sql.id(name)))
  ctx.tx.write(sql`
    insert into order_lines (workspace_id, ${names})
    select ${ctx.workspaceId}::uuid, ${names} from ${recordset("input", rows, lineTypes)}`)
}
