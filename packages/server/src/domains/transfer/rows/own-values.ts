import type { Field, ItemField, MoneyValue, MonthDay } from "@regulars/contract/kernel/fields.ts"
import { minorUnits, moneyIn, wholeUnits } from "@regulars/contract/kernel/money.ts"

/*
 * How a stored value stands in a cell of our exports, and back. Lossless: what is read equals what was written.
 * Tags stand as "a; b", or as JSON when one of them holds a mark that would be misread; maps are always JSON.
 */
export type ChoiceLabel = (value: string) => string

/** Text of a value in a cell; empty for none. */
export function valueText(field: Field | ItemField, value: unknown, choiceLabel?: ChoiceLabel): string {
  if (value === null || value === undefined) return ""
  switch (field.type) {
    case "choice":
      return choiceLabel?.(String(value)) ?? String(value)
    case "choices":
      return tagsText((value as string[]).map((choice) => choiceLabel?.(choice) ?? choice))
    case "money":
      return moneyText(value as MoneyValue)
    case "monthDay":
      return monthDayText(value as MonthDay)
    case "tags":
      return tagsText(value as string[])
    case "map":
      return Object.keys(value as object).length === 0 ? "" : JSON.stringify(value)
    case "links":
      return (value as { type: string; id: string }[]).map(({ type, id }) => `${type}:${id}`).join("; ")
    default:
      return typeof value === "object" ? JSON.stringify(value) : String(value)
  }
}

/** The value of a cell that `valueText` wrote; undefined for a text it can't have written. */
export function valueOfText(
  field: Field | ItemField,
  text: string,
  choices?: ReadonlyMap<string, string>,
): unknown {
  switch (field.type) {
    case "choice":
      return (field.choices as readonly string[]).includes(text) ? text : choices?.get(text)
    case "choices": {
      const found = tagsOf(text)?.map((tag) => (field.choices.includes(tag) ? tag : choices?.get(tag)))
      return found?.includes(undefined) ? undefined : found
    }
    case "money":
      return moneyOf(text)
    case "integer":
    case "number":
    case "percent":
    case "rating":
      return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined
    case "boolean":
      // Spreadsheets show their own words for truth in capitals.
      return { true: true, false: false }[text.toLowerCase()]
    case "monthDay":
      return monthDayOf(text)
    case "tags":
      return tagsOf(text)
    case "map":
      return mapOf(text)
    case "list":
    case "links":
    case "files":
    case "richText":
      return undefined
    default:
      return text
  }
}

/** "12.50 EUR": whole units, a dot, and the currency, whatever the language. */
function moneyText({ amount, currency }: MoneyValue): string {
  const places = Math.log10(minorUnits(currency))
  return `${wholeUnits({ amount, currency }).toFixed(places)} ${currency}`
}
function moneyOf(text: string): MoneyValue | undefined {
  const match = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(text)
  return match ? moneyIn(Number(match[1]), match[2] as string) : undefined
}
function monthDayText({ month, day, year }: MonthDay): string {
  const two = (value: number) => String(value).padStart(2, "0")
  return `${year ? String(year).padStart(4, "0") : "-"}-${two(month)}-${two(day)}`
}
function monthDayOf(text: string): MonthDay | undefined {
  const match = /^(\d{4}|-)-(\d\d)-(\d\d)$/.exec(text.trim())
  if (!match) return undefined
  const [, year = "", month, day] = match
  return { ...(year !== "-" && { year: Number(year) }), month: Number(month), day: Number(day) }
}

function tagsText(tags: readonly string[]): string {
  const plain = tags.every((tag) => !/[;\r\n]|^\[|^\s|\s$/.test(tag))
  return plain ? tags.join("; ") : JSON.stringify(tags)
}
function tagsOf(text: string): string[] | undefined {
  if (!text.startsWith("["))
    return text
      .split(";")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== "")
  const value = parsed(text)
  return Array.isArray(value) && value.every((tag) => typeof tag === "string") ? value : undefined
}
function mapOf(text: string): Record<string, string> | undefined {
  const value = parsed(text)
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value)
  return isMap && Object.values(value).every((entry) => typeof entry === "string")
    ? (value as Record<string, string>)
    : undefined
}
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
