import { decimal, decimalText, rounded } from "@regulars/contract/kernel/decimal.ts"
import { minorPlaces } from "@regulars/contract/kernel/money.ts"
import type { Formats } from "@regulars/locales/formats.ts"
import type { MessageId } from "@regulars/locales/runtime.ts"
import { readDecimal, showDecimal } from "./decimal-text.ts"
import type { GridLine } from "./line-rows.ts"

export interface Reading {
  formats: Formats
  currency: string
}
/** What a text says of a line; `problem` is a code with a text `fieldError.<code>`. */
export type Read = { changes: Partial<GridLine> } | { problem: string }
export interface LineColumn {
  key: "name" | "quantity" | "unitPrice" | "discount" | "taxRate" | "returned"
  label: MessageId
  show(line: GridLine, reading: Reading): string
  read(typed: string, line: GridLine, reading: Reading): Read
}
const empty = (typed: string) => typed.trim() === ""

function exact(
  key: "quantity" | "unitPrice" | "taxRate" | "returned",
  typed: string,
  { formats }: Reading,
): Read {
  if (empty(typed)) return { changes: { [key]: null } }
  const value = readDecimal(typed.replace(/[%\p{Sc}]|[A-Za-z]{3}/gu, ""), formats)
  return value === undefined ? { problem: "number" } : { changes: { [key]: value } }
}
/** "10 %" or "10" is a part of the price, "10 €" and "10 EUR" are an amount; a bare number stays what it was. */
function readDiscount(typed: string, line: GridLine, { formats, currency }: Reading): Read {
  if (empty(typed)) return { changes: { discount: null, discountPercent: null } }
  const value = readDecimal(typed.replace(/[%\p{Sc}]|[A-Za-z]{3}/gu, ""), formats)
  if (value === undefined) return { problem: "number" }
  const isAmount = /\p{Sc}|[A-Za-z]{3}/u.test(typed) || (!typed.includes("%") && Boolean(line.discount))
  if (!isAmount) return { changes: { discount: null, discountPercent: value } }
  const amount = Number(rounded(decimal(value), minorPlaces(currency)))
  return Number.isSafeInteger(amount)
    ? { changes: { discount: amount, discountPercent: null } }
    : { problem: "number" }
}
function showDiscount({ discount, discountPercent }: GridLine, { formats, currency }: Reading): string {
  if (discountPercent) return `${showDecimal(discountPercent, formats)} %`
  if (!discount) return ""
  const places = minorPlaces(currency)
  return `${showDecimal(decimalText({ digits: BigInt(discount), places }), formats, places)} ${currency}`
}

/** The columns in their order, the last where something can come back; the amount beside them follows from all. */
export const lineColumns: readonly LineColumn[] = [
  {
    key: "name",
    label: "lines.name",
    show: ({ name }) => name ?? "",
    read: (typed) => ({ changes: empty(typed) ? { name: null, productId: null } : { name: typed } }),
  },
  {
    key: "quantity",
    label: "lines.quantity",
    show: ({ quantity }, { formats }) => (quantity ? showDecimal(quantity, formats) : ""),
    read: (typed, _, reading) => exact("quantity", typed, reading),
  },
  {
    key: "unitPrice",
    label: "lines.price",
    show: ({ unitPrice }, { formats, currency }) =>
      unitPrice ? showDecimal(unitPrice, formats, minorPlaces(currency)) : "",
    read: (typed, _, reading) => exact("unitPrice", typed, reading),
  },
  { key: "discount", label: "lines.discount", show: showDiscount, read: readDiscount },
  {
    key: "taxRate",
    label: "lines.tax",
    show: ({ taxRate }, { formats }) => (taxRate ? `${showDecimal(taxRate, formats)} %` : ""),
    read: (typed, _, reading) => exact("taxRate", typed, reading),
  },
  {
    key: "returned",
    label: "lines.returned",
    show: ({ returned }, { formats }) => (returned ? showDecimal(returned, formats) : ""),
    read: (typed, _, reading) => exact("returned", typed, reading),
  },
]

/** Rows of a spreadsheet as changes of lines, from a column on; a heading above them and unreadable cells say nothing. */
export function readBlock(
  block: readonly (readonly string[])[],
  from: LineColumn["key"],
  reading: Reading,
): Partial<GridLine>[] {
  const first = lineColumns.findIndex(({ key }) => key === from)
  const rows = block.map((cells) =>
    cells.flatMap((cell, step): Read[] => {
      const column = lineColumns[first + step]
      return column ? [column.read(cell.trim(), { id: "" }, reading)] : []
    }),
  )
  const isHeading = (row: readonly Read[]) =>
    row.length > 1 && row.every((read, at) => (first + at === 0 ? true : "problem" in read))
  const body = rows[0] && rows.length > 1 && isHeading(rows[0]) ? rows.slice(1) : rows
  return body.map((row) => Object.assign({}, ...row.map((read) => ("changes" in read ? read.changes : {}))))
}
