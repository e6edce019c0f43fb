import { isDeepStrictEqual } from "node:util"
import type { MoneyValue } from "@regulars/contract/kernel/fields.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import { moneyIn, wholeUnits } from "@regulars/contract/kernel/money.ts"
import type { OwnField, OwnFieldType } from "@regulars/contract/kernel/own-fields.ts"
import { dayIn, startOfDay } from "../../kernel/time.ts"
import { isValue } from "./fields.rules.ts"

/** Whether values have to be looked at: another type, or options that not every value may meet. */
export function needsConversion(before: OwnField, after: OwnField): boolean {
  if (before.type !== after.type) return true
  const kept = new Set(after.options.choices?.map(({ id }) => id))
  if (before.options.choices?.some(({ id }) => !kept.has(id))) return true
  return (
    before.options.target !== after.options.target ||
    before.options.formula !== after.options.formula ||
    (after.type === "rollup" && !isDeepStrictEqual(before.options, after.options)) ||
    (before.options.max ?? 5) > (after.options.max ?? 5)
  )
}

/** A value of one field as a value of another, days as they are in `zone`; null where it can't be one. */
export function convertValue(before: OwnField, after: OwnField, value: unknown, zone: string): unknown {
  if (value === null || value === undefined || after.type === "rollup") return null
  // Ids of one entity say nothing in another.
  if (before.type === "link" && after.type === "link" && before.options.target !== after.options.target)
    return null
  const converted =
    before.type === after.type ? withinOptions(after, value) : readAs(after, before, value, zone)
  return converted !== null && isValue(after, converted) ? converted : null
}
/** What of several choices is still one. */
function withinOptions(after: OwnField, value: unknown): unknown {
  if (after.type !== "choices") return value
  const left = (value as string[]).filter((id) => after.options.choices?.some((choice) => choice.id === id))
  return left.length === 0 ? null : left
}

const numbers: readonly OwnFieldType[] = ["number", "percent", "rating"]
function readAs(after: OwnField, before: OwnField, value: unknown, zone: string): unknown {
  if (numbers.includes(after.type) && typeof value === "number")
    return after.type === "rating" ? Math.round(value) : value
  const text = textOf(before, value)
  switch (after.type) {
    case "number":
    case "percent":
    case "rating":
      return before.type === "money" || before.options.result === "money"
        ? wholeUnits(value as MoneyValue)
        : numberIn(text)
    case "money": {
      const number = numberIn(text)
      return number === null ? null : moneyIn(number, after.options.currency ?? "EUR")
    }
    case "date":
      if (before.type === "dateTime") return dayIn(zone, new Date(text))
      return /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? null
    case "dateTime":
      return isValue({ ...after, type: "date" }, text) ? startOfDay(text, zone).toISOString() : text
    case "boolean":
      return { true: true, yes: true, "1": true, false: false, no: false, "0": false }[fold(text)] ?? null
    case "choice":
      return choiceNamed(after, text)
    case "choices": {
      const ids = text.split(/[;,]/).map((part) => choiceNamed(after, part.trim()))
      return ids.includes(null) ? null : [...new Set(ids)]
    }
    case "email":
      return text.trim().toLowerCase()
    case "link":
      return null
    default:
      return text.trim() === "" ? null : text
  }
}
/** As a person reads it. */
function textOf(before: OwnField, value: unknown): string {
  if (before.type === "money" || before.options.result === "money") {
    return `${wholeUnits(value as MoneyValue)} ${(value as MoneyValue).currency}`
  }
  if (before.type === "choice") return labelOf(before, String(value))
  if (before.type === "choices") return (value as string[]).map((id) => labelOf(before, id)).join("; ")
  return String(value)
}
function labelOf({ options }: OwnField, id: string): string {
  return options.choices?.find((choice) => choice.id === id)?.label ?? id
}
function choiceNamed({ options }: OwnField, text: string): string | null {
  const wanted = fold(text)
  return options.choices?.find(({ id, label }) => fold(label) === wanted || id === text)?.id ?? null
}
/** A number with either decimal mark, perhaps with thousands, a unit or a currency around it. */
function numberIn(text: string): number | null {
  const bare = text.replace(/[^\d.,-]/g, "")
  if (!/^-?[\d.,]*\d$/.test(bare)) return null
  const mark = Math.max(bare.lastIndexOf("."), bare.lastIndexOf(","))
  const isGroup =
    mark >= 0 &&
    /^[.,]\d{3}$/.test(bare.slice(mark)) &&
    /^-?\d{1,3}([.,]\d{3})*$/.test(bare.slice(0, mark)) &&
    bare.indexOf(bare.charAt(mark)) !== mark
  const whole = (mark < 0 || isGroup ? bare : bare.slice(0, mark)).replace(/[.,]/g, "")
  const number = Number(mark < 0 || isGroup ? whole : `${whole}.${bare.slice(mark + 1)}`)
  return Number.isFinite(number) ? number : null
}
