import type { Figures } from "@regulars/contract/kernel/groups-endpoints.ts"
import { type CellTexts, plainText } from "../cell-view.tsx"
import type { Column } from "../columns.ts"

/** A figure of a column in the reader's way of writing, an amount of money with its currency. */
export function figureText(
  { key, field }: Pick<Column, "key" | "field">,
  value: number,
  currency: Figures["currency"],
  texts: CellTexts,
): string {
  if (field.type === "money") return texts.formats.money({ amount: value, currency: currency ?? "EUR" })
  if (field.type === "percent") return plainText(key, field, value, texts)
  return texts.formats.number(value, { maximumFractionDigits: 2 })
}
