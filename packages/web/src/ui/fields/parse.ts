import { canonicalDecimal, isDecimal } from "@regulars/contract/kernel/decimal.ts"
import type { Field, ItemField, MoneyValue } from "@regulars/contract/kernel/fields.ts"
import { moneyIn, wholeUnits } from "@regulars/contract/kernel/money.ts"

export type Parsed = { value: unknown } | { problem: string }

const emailPattern = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,255}$/u

/** What stands in the input for a value. */
export function textOf(field: Field | ItemField, value: unknown): string {
  if (value === null || value === undefined) return ""
  if (field.type === "money") return String(wholeUnits(value as MoneyValue))
  if (field.type === "dateTime") return localDateTime(String(value))
  return String(value)
}
/** An instant as `<input type="datetime-local">` wants it, in the device's zone. */
function localDateTime(iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return ""
  const two = (part: number) => String(part).padStart(2, "0")
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/**
 * The value of what was typed, forgiving what a person means: an address without "https://", a comma in a
 * number. `problem` is a code with a text `fieldError.<code>`. The server checks again.
 */
export function parseText(field: Field | ItemField, typedText: string): Parsed {
  const text = typedText.trim()
  if (text === "") return field.required ? { problem: "required" } : { value: null }
  if (field.max !== undefined && field.type !== "rating" && text.length > field.max)
    return { problem: "too_long" }
  switch (field.type) {
    case "email":
      return emailPattern.test(text) ? { value: text } : { problem: "email" }
    case "url":
      return parseUrl(text)
    case "domain":
      return parseDomain(text)
    case "phone":
      return /\d/.test(text) ? { value: text } : { problem: "phone" }
    case "integer":
    case "number":
      return parseNumber(text, field.type === "integer")
    case "percent":
      return parseNumber(text.replace(/%$/, ""), false)
    case "decimal":
      return parseDecimal(text)
    case "money":
      return parseMoney(text, field.currency ?? "EUR")
    case "time":
      return /^([01]?\d|2[0-3]):[0-5]\d$/.test(text) ? { value: text.padStart(5, "0") } : { problem: "time" }
    case "date":
      return Number.isNaN(Date.parse(text)) ? { problem: "date" } : { value: text }
    case "dateTime": {
      const date = new Date(text)
      return Number.isNaN(date.getTime()) ? { problem: "date" } : { value: date.toISOString() }
    }
    default:
      return { value: text }
  }
}

/** A number kept as exact text. */
function parseDecimal(text: string): Parsed {
  const parsed = parseNumber(text.replace(/[%\s]/g, ""), false)
  if ("problem" in parsed) return parsed
  const exact = String(parsed.value)
  return isDecimal(exact) ? { value: canonicalDecimal(exact) } : { problem: "number" }
}
/** An amount in the field's currency, or in one named by its code: "12.50 USD". */
function parseMoney(text: string, usual: string): Parsed {
  const code = /[a-z]{3}/i.exec(text)?.[0].toUpperCase()
  const currency = code ?? usual
  const parsed = parseNumber(text.replace(/[^\d.,'’\s-]/g, ""), false)
  if ("problem" in parsed) return parsed
  return { value: moneyIn(Number(parsed.value), currency) }
}
function parseUrl(text: string): Parsed {
  const url = /^[a-z][a-z\d+.-]*:/i.test(text) && !/^[^/]+:\d/.test(text) ? text : `https://${text}`
  return /^https?:\/\/[^\s.]+\S*$/i.test(url) && /[.:]|localhost/i.test(url.slice(8))
    ? { value: url }
    : { problem: "url" }
}
function parseDomain(text: string): Parsed {
  const domain = text
    .replace(/^https?:\/\//i, "")
    .replace(/^www\./i, "")
    .replace(/[/?#].*$/, "")
    .toLowerCase()
  return /^[^\s/@:]+\.[^\s/@:]+$/u.test(domain) ? { value: domain } : { problem: "domain" }
}
/**
 * "1.234,5" and "1,234.5" mean the same: the last sign of the two is the decimal one, unless it stands more than
 * once. A single sign before exactly three digits separates thousands where no fraction is possible.
 */
function parseNumber(text: string, whole: boolean): Parsed {
  const plain = text.replace(/[\s'’]/g, "")
  const last = plain.lastIndexOf(",") > plain.lastIndexOf(".") ? "," : "."
  const signs = plain.split(last).length - 1
  const isGrouped = signs > 1 || (whole && /^-?\d{1,3}[.,]\d{3}$/.test(plain))
  const number = Number(
    isGrouped
      ? plain.replace(/[.,]/g, "")
      : plain.replaceAll(last === "," ? "." : ",", "").replace(last, "."),
  )
  const fits = Number.isFinite(number) && (!whole || Number.isInteger(number))
  return fits ? { value: number } : { problem: "number" }
}
