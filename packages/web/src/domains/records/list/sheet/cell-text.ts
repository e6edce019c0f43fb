import type { Field, MoneyValue, MonthDay } from "@regulars/contract/kernel/fields.ts"
import { guard } from "@regulars/contract/kernel/formula-guard.ts"
import { minorUnits } from "@regulars/contract/kernel/money.ts"
import { isEmptyValue } from "../../../../ui/fields/is-empty.ts"
import { type Item, inOrder } from "../../../../ui/fields/list-items.ts"
import { type CellTexts, plainText } from "../cell-view.tsx"

/** A value as a spreadsheet understands it, and as the import reads it back: days as 2026-03-17, numbers without marks. */
export function cellText(key: string, field: Field, value: unknown, texts: CellTexts): string {
  return guard(bareText(key, field, value, texts))
}
function bareText(key: string, field: Field, value: unknown, texts: CellTexts): string {
  if (isEmptyValue(value)) return ""
  const number = (amount: number) =>
    texts.formats.number(amount, { useGrouping: false, maximumFractionDigits: 20 })
  switch (field.type) {
    case "integer":
    case "number":
    case "percent":
    case "rating":
      return number(Number(value))
    case "money": {
      const { amount, currency } = value as MoneyValue
      return `${number(amount / minorUnits(currency))} ${currency}`
    }
    case "date":
    case "dateTime":
    case "time":
      return String(value)
    case "monthDay": {
      const { year, month, day } = value as MonthDay
      if (!year) return plainText(key, field, value, texts)
      return [
        String(year).padStart(4, "0"),
        ...[month, day].map((part) => String(part).padStart(2, "0")),
      ].join("-")
    }
    case "choices":
      return (value as string[]).map((choice) => texts.labels.choice(key, choice)).join("; ")
    case "tags":
      return (value as string[]).join("; ")
    case "map":
      return JSON.stringify(value)
    case "list": {
      const part = field.item[field.key]?.type
      if (!part || !["email", "phone", "domain", "url"].includes(part))
        return plainText(key, field, value, texts)
      return inOrder(value as Item[])
        .map((item) => String(item[field.key] ?? item.raw ?? ""))
        .join("; ")
    }
    default:
      return plainText(key, field, value, texts)
  }
}
