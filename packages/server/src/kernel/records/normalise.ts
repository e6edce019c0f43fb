import { canonicalDecimal } from "@regulars/contract/kernel/decimal.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field, ItemField, List } from "@regulars/contract/kernel/fields.ts"
import { emptyValue } from "@regulars/contract/kernel/fields.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import type { CountryCode } from "libphonenumber-js/min"
import { parsePhoneNumberFromString } from "libphonenumber-js/min"
import { newId } from "../ids.ts"
import type { Values } from "./columns.ts"

/** What a value's form depends on: the country that local phone numbers belong to. */
export interface Locale {
  country: string
}

/**
 * Brings the values of a write into the form that is stored: text trimmed, empty text as null, addresses in
 * lower case, phone numbers in E.164 beside what was typed, an id on every entry of a list, tags once each.
 * `before` gives entries that come back without an id the id they had.
 */
export function normaliseValues(
  entity: EntityDeclaration,
  values: Values,
  locale: Locale,
  before?: Values,
): Values {
  const result: Values = {}
  for (const [key, value] of Object.entries(values)) {
    const field = entity.fields[key]
    if (field) result[key] = normaliseValue(field, value, locale, before?.[key])
  }
  return result
}

function normaliseValue(field: Field, value: unknown, locale: Locale, before: unknown): unknown {
  if (value === null || value === undefined) return emptyValue(field)
  switch (field.type) {
    case "list":
      return normaliseList(field, value as Values[], locale, (before as Values[] | undefined) ?? [])
    case "tags":
      return uniqueTags(value as string[])
    case "links":
      return uniqueBy(
        value as { type: string; id: string }[],
        (reference) => `${reference.type}:${reference.id}`,
      )
    case "files":
    case "choices":
      return [...new Set(value as string[])]
    case "map":
      return Object.fromEntries(
        Object.entries(value as Record<string, string>).filter(([, text]) => text.trim() !== ""),
      )
    case "phone":
      return toE164(String(value), locale.country) ?? normaliseScalar(field, value)
    default:
      return normaliseScalar(field, value)
  }
}

interface MonthDay {
  year?: number | null
}
/** A day without a year has no such key, whichever way it was said. */
function withoutYearUnknown({ year, ...day }: MonthDay): MonthDay {
  return year === null || year === undefined ? day : { year, ...day }
}
function normaliseScalar(field: Field | ItemField, value: unknown): unknown {
  if (field.type === "monthDay" && value) return withoutYearUnknown(value as MonthDay)
  if (typeof value !== "string") return value ?? null
  const text = field.type === "longText" ? value.replace(/\s+$/, "") : value.trim()
  if (text === "") return null
  if (field.type === "email" || field.type === "domain") return text.toLowerCase()
  if (field.type === "country") return text.toUpperCase()
  if (field.type === "dateTime") return new Date(text).toISOString()
  if (field.type === "decimal") return canonicalDecimal(text)
  return text
}

function normaliseList(field: List, items: Values[], locale: Locale, before: Values[]): Values[] {
  const known = Map.groupBy(before, (item) => identity(field, item))
  const usedIds = new Set<unknown>()
  const result: Values[] = []
  const seen = new Set<string>()
  for (const item of items) {
    const clean: Values = {}
    for (const [key, part] of Object.entries(field.item)) {
      const value = normaliseScalar(part, item[key])
      if (value !== null) clean[key] = value
    }
    if (field.item[field.key]?.type === "phone") normalisePhone(clean, locale)
    if (Object.keys(clean).length === 0) continue
    const own = identity(field, clean)
    // The same address twice is one entry; entries without their key value (an address without a street) all stay.
    if (isContactPoint(field) && seen.has(own)) continue
    seen.add(own)
    // Entries alike (two jobs at one firm) get their ids back in their order.
    let id = item.id ?? known.get(own)?.shift()?.id ?? newId()
    if (usedIds.has(id)) id = newId()
    usedIds.add(id)
    result.push({ id, ...clean })
  }
  onlyOnePreferred(result)
  return result
}
function isContactPoint(field: List): boolean {
  return ["email", "phone", "domain"].includes(field.item[field.key]?.type ?? "")
}
function identity(field: List, item: Values): string {
  return String(
    item[field.key] ??
      item.raw ??
      Object.keys(field.item)
        .map((key) => item[key] ?? null)
        .join("\n"),
  )
}
function onlyOnePreferred(items: Values[]): void {
  const preferred = items.findLast((item) => item.preferred === true)
  for (const item of items) if (item.preferred === true && item !== preferred) item.preferred = false
}

/** Sets `number` to E.164 and keeps what was typed in `raw`; a changed `number` wins over an old `raw`. */
function normalisePhone(item: Values, locale: Locale): void {
  const typed = typeof item.number === "string" ? item.number : undefined
  const raw = typeof item.raw === "string" ? item.raw : undefined
  const read = raw === undefined ? null : toE164(raw, locale.country)
  if (raw !== undefined && (typed === undefined || read === typed)) {
    item.number = read ?? undefined
  } else if (typed !== undefined) {
    item.raw = typed
    item.number = toE164(typed, locale.country) ?? undefined
  }
  if (item.number === undefined) delete item.number
}
/** Numbers read lately: reading one costs more than all else about a row, and an import reads each twice. */
const lately = new Map<string, string | null>()
/** E.164 of a phone number as people type it, or null when it can't be one. */
function toE164(text: string, country: string): string | null {
  const key = `${country} ${text}`
  const known = lately.get(key)
  if (known !== undefined) return known
  // "00" before a country's code is dialled nearly everywhere and means "+".
  const dialled = text.replace(/^\s*00(?=[1-9])/, "+")
  const parsed = parsePhoneNumberFromString(dialled, country as CountryCode)
  const number = parsed?.isPossible() && !parsed.ext ? parsed.number : null
  if (lately.size >= 5000) lately.clear()
  lately.set(key, number)
  return number
}

function uniqueTags(tags: string[]): string[] {
  return uniqueBy(
    tags.map((tag) => tag.trim()).filter((tag) => tag !== ""),
    fold,
  )
}
function uniqueBy<T>(values: T[], keyOf: (value: T) => string): T[] {
  const seen = new Map<string, T>()
  for (const value of values) if (!seen.has(keyOf(value))) seen.set(keyOf(value), value)
  return [...seen.values()]
}
