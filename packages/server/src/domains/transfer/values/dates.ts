import { fold } from "./fold.ts"
import type { Reading } from "./reading.ts"

/** How a column writes its dates. "serial" is a spreadsheet's day number, accepted only for whole columns of them. */
export type DateOrder = "dmy" | "mdy" | "ymd" | "serial"

/** Parts of a date; `year` is missing for a day of the year. Months and days count from 1. */
export interface DateParts {
  year?: number
  month: number
  day: number
}

type Shape = {
  kind: "iso" | "named" | "numeric"
  numbers: [string, string, string?]
  dotted: boolean
  month?: number
}

const EMPTY = /^0{1,4}([./-])0{1,2}\1?0{0,4}/
const TIME =
  /(?:^|[T\s,]+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?\s?m\.?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?\s*(?:uhr|h|[a-z]{3,4})?\s*$/i
const FILLERS = new Set(["de", "del", "of", "the", "den", "dem", "am", "el", "st", "nd", "rd", "th", "o"])

/** The names Intl has for months (from 1) or weekdays (from Monday, 1), long and short, folded. */
function buildNames(unit: "month" | "weekday", count: number): Map<string, number> {
  const names = new Map<string, number>()
  for (const language of ["en", "de", "es", "de-AT"]) {
    for (const style of ["long", "short"] as const) {
      const format = new Intl.DateTimeFormat(language, { [unit]: style, timeZone: "UTC" })
      for (let at = 1; at <= count; at++) {
        // January 2001 began with a Monday.
        const date = new Date(unit === "month" ? Date.UTC(2001, at - 1, 1) : Date.UTC(2001, 0, at))
        names.set(fold(format.format(date)).replace(/\W/g, ""), at)
      }
    }
  }
  return names
}

function buildMonths(): Map<string, number> {
  const months = buildNames("month", 12)
  for (const [name, month] of [
    ["mrz", 3],
    ["sept", 9],
    ["set", 9],
    ["setiembre", 9],
    ["okt", 10],
    ["dez", 12],
  ] as const)
    months.set(name, month)
  return months
}

const MONTHS = buildMonths()
const WEEKDAYS = buildNames("weekday", 7)

function namedShape(text: string): Shape | undefined {
  let month: number | undefined
  const numbers: string[] = []
  for (const token of fold(text).match(/\p{L}+|\d+/gu) ?? []) {
    if (/^\d/.test(token)) numbers.push(token)
    else if (MONTHS.has(token)) month ??= MONTHS.get(token)
    else if (!FILLERS.has(token) && !WEEKDAYS.has(token)) return undefined
  }
  const [first, second] = numbers
  if (!month || !first || numbers.length > 2) return undefined
  return { kind: "named", numbers: [first, String(month), second], dotted: false, month }
}

/** Splits a date into what its writing shows; time of day and zone are taken off first. */
function shapeOf(text: string): Shape | undefined {
  const bare = text.trim().replace(TIME, "").trim()
  if (/^\d{8}$/.test(bare))
    return { kind: "iso", numbers: [bare.slice(0, 4), bare.slice(4, 6), bare.slice(6)], dotted: false }
  const yearless = /^--?(\d{2})-?(\d{2})$/.exec(bare)
  if (yearless) return { kind: "iso", numbers: ["", yearless[1] ?? "", yearless[2]], dotted: false }
  const match = /^(\d{1,4})\s?([./-])\s?(\d{1,2})(?:\s?[./-]\s?(\d{1,4})?)?$/.exec(bare)
  if (!match) return /\p{L}{3}/u.test(bare) && bare.length < 40 ? namedShape(bare) : undefined
  const [, first = "", separator, second = "", third] = match
  const kind = first.length === 4 || (third === undefined && first.length > 2) ? "iso" : "numeric"
  if (
    first.length === 3 ||
    third?.length === 3 ||
    (kind === "iso" && (third === undefined || third.length > 2))
  )
    return undefined
  return { kind, numbers: [first, second, third], dotted: separator === "." }
}

/** Two-digit years up to 29 belong to this century, as spreadsheets have it. */
function fullYear(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined
  const year = Number(text)
  return text.length > 2 ? year : year + (year < 30 ? 2000 : 1900)
}

function isDate({ year, month, day }: DateParts): boolean {
  if (month < 1 || month > 12 || day < 1 || (year !== undefined && (year < 1000 || year > 2999))) return false
  return day <= new Date(Date.UTC(year ?? 2000, month, 0)).getUTCDate()
}

function ownOrder(shape: Shape): DateOrder | "ambiguous" {
  if (shape.kind === "iso") return "ymd"
  if (shape.kind === "named") return "dmy"
  const [first, second] = [Number(shape.numbers[0]), Number(shape.numbers[1])]
  if (first > 31) return "ymd"
  if (first > 12) return "dmy"
  if (second > 12) return "mdy"
  return shape.dotted ? "dmy" : "ambiguous"
}

function partsOf(shape: Shape, order: DateOrder): DateParts | undefined {
  const [first, second, third] = shape.numbers
  if (shape.kind === "iso") return { year: fullYear(first), month: Number(second), day: Number(third) }
  if (shape.kind === "named") {
    // "March 2024" names no day; "2024 March 5" begins with the year.
    if (first.length === 4)
      return third ? { year: Number(first), month: Number(second), day: Number(third) } : undefined
    return { year: fullYear(third), month: Number(second), day: Number(first) }
  }
  if (order === "ymd")
    return third === undefined
      ? undefined
      : { year: fullYear(first), month: Number(second), day: Number(third) }
  const [day, month] = order === "mdy" ? [second, first] : [first, second]
  return { year: fullYear(third), month: Number(month), day: Number(day) }
}

function serialParts(text: string): DateParts | undefined {
  const days = Number(text.trim().replace(",", "."))
  if (!(days >= 1 && days < 80_000)) return undefined
  // Day 25569 is 1970-01-01; the count begins before 1900-03-01 with a day that never was.
  const date = new Date(Math.floor(days - 25_569) * 86_400_000)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

function readParts(text: string, order: DateOrder | "ambiguous"): Reading<DateParts> {
  if (EMPTY.test(text.trim())) return { problem: "date_empty" }
  if (order === "serial") {
    const parts = serialParts(text)
    return parts ? { value: parts } : { problem: "date_invalid" }
  }
  const shape = shapeOf(text)
  if (!shape) return { problem: "date_invalid" }
  const own = ownOrder(shape)
  const isSame = shape.numbers[0] === shape.numbers[1]
  if (order === "ambiguous" && own === "ambiguous" && !isSame) return { problem: "date_ambiguous" }
  const decided = order === "ambiguous" ? (own === "ambiguous" ? "dmy" : own) : order
  const parts = partsOf(shape, decided)
  return parts && isDate(parts) ? { value: parts } : { problem: "date_invalid" }
}

const pad = (value: number, length = 2) => String(value).padStart(length, "0")
const isoDate = (parts: DateParts) => `${pad(parts.year ?? 0, 4)}-${pad(parts.month)}-${pad(parts.day)}`

/**
 * Reads a calendar date into "YYYY-MM-DD"; a time of day is ignored. ISO dates and dates with the month's name
 * (English, German, Spanish) are read whatever the order. "0/0/00", Outlook's way of saying none, is `date_empty`.
 * @param order the column's order, as `detectDateOrder` found it or a person chose it
 */
export function readDate(text: string, order: DateOrder | "ambiguous"): Reading<string> {
  const reading = readParts(text, order)
  if (!("value" in reading)) return reading
  return reading.value.year === undefined ? { problem: "date_invalid" } : { value: isoDate(reading.value) }
}

/** Reads a birthday: a date, or only the day of the year ("3/14", "--11-23", "14. März"). */
export function readBirthday(text: string, order: DateOrder | "ambiguous"): Reading<DateParts> {
  return readParts(text, order)
}

/**
 * Reads a moment into ISO 8601: "2024-03-05T14:30:00", with "Z" or an offset only where the text has one, or just
 * the date where it has no time. Without an offset it is local time of the workspace.
 */
export function readMoment(text: string, order: DateOrder | "ambiguous"): Reading<string> {
  const date = readDate(text, order)
  const time = order === "serial" ? null : TIME.exec(text.trim())
  if (!("value" in date) || !time) return date
  const [, hour, minute = "00", second = "00", half, zone] = time
  let hours = Number(hour)
  if (half) hours = (hours % 12) + (half.toLowerCase().startsWith("p") ? 12 : 0)
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return { problem: "date_invalid" }
  const offset = zone ? (/^[+-]/.test(zone) ? zone.replace(/^(...)(\d\d)$/, "$1:$2") : "Z") : ""
  return { value: `${date.value}T${pad(hours)}:${minute}:${second}${offset}` }
}

/**
 * The order in which a column writes its dates: undefined when its samples are no dates, "ambiguous" when every
 * one of them fits day-month and month-day alike, or when some say the one and some the other.
 */
export function detectDateOrder(samples: readonly string[]): DateOrder | "ambiguous" | undefined {
  const texts = samples
    .map((sample) => sample.trim())
    .filter((sample) => sample !== "" && !EMPTY.test(sample))
  if (texts.length > 0 && texts.every((text) => /^\d{5}(?:[.,]\d+)?$/.test(text) && serialParts(text)))
    return "serial"
  const orders = new Set<DateOrder | "ambiguous" | "named">()
  for (const text of texts) {
    const shape = shapeOf(text)
    if (shape) orders.add(shape.kind === "named" ? "named" : ownOrder(shape))
  }
  if (orders.has("dmy") && orders.has("mdy")) return "ambiguous"
  const found = (["dmy", "mdy", "ambiguous", "ymd", "named"] as const).find((order) => orders.has(order))
  return found === "named" ? "dmy" : found
}

/** The year a date names, or undefined for a day of the year and for what is no date. */
export function yearOf(text: string): number | undefined {
  const shape = shapeOf(text)
  return shape && partsOf(shape, ownOrder(shape) === "ymd" ? "ymd" : "dmy")?.year
}

/** True for a text that is a date or a day of the year in any of the orders. */
export function looksLikeDate(text: string): boolean {
  const shape = shapeOf(text)
  if (!shape) return false
  return (["dmy", "mdy", "ymd"] as const).some((order) => {
    const parts = partsOf(shape, order)
    return parts !== undefined && isDate(parts)
  })
}
