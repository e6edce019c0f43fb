import type { MonthDay } from "@regulars/contract/kernel/fields.ts"
import type { Formats } from "@regulars/locales/formats.ts"
import type { Translate } from "@regulars/locales/runtime.ts"

const dayLength = 86_400_000

/** Number of a calendar day, counted from 1970, as an instant falls on it in a zone. */
function dayNumber(instant: Date, timeZone: string | undefined): number {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(instant)
  return Date.parse(`${parts}T00:00:00Z`) / dayLength
}
/** Today as `2026-05-03` in the viewer's zone. */
export function todayIn(timeZone: string | undefined, now = new Date()): string {
  return new Date(dayNumber(now, timeZone) * dayLength).toISOString().slice(0, 10)
}

/** An instant as near as it is: "today 14:30", "yesterday", "Tue", "3 May", "May 2024". */
export function formatInstant(iso: string, t: Translate, formats: Formats, now = new Date()): string {
  const instant = new Date(iso)
  if (Number.isNaN(instant.getTime())) return iso
  const distance = dayNumber(instant, formats.timeZone) - dayNumber(now, formats.timeZone)
  if (distance === 0)
    return t("date.at", {
      day: t("date.today"),
      time: formats.date(instant, { timeStyle: "short" }),
    })
  return byDistance(instant, t, formats, { distance, weekdaysBack: 6, timeZone: formats.timeZone, now })
}

/** A calendar day as near as it is: "today", "Tue" for the days ahead, "3 May", "May 2024". */
export function formatDay(day: string, t: Translate, formats: Formats, now = new Date()): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return day
  const distance = date.getTime() / dayLength - dayNumber(now, formats.timeZone)
  if (distance === 0) return t("date.today")
  return byDistance(date, t, formats, { distance, weekdaysBack: 1, timeZone: "UTC", now })
}

interface Distance {
  /** Days from today, negative for the past. */
  distance: number
  /** Days back for which a weekday's name is still clear. */
  weekdaysBack: number
  timeZone: string | undefined
  now: Date
}
function byDistance(date: Date, t: Translate, formats: Formats, at: Distance): string {
  const { distance, timeZone } = at
  if (distance === -1) return t("date.yesterday")
  if (distance === 1) return t("date.tomorrow")
  const write = (options: Intl.DateTimeFormatOptions) => formats.date(date, { ...options, timeZone })
  if (distance >= -at.weekdaysBack && distance <= 6) return write({ weekday: "short" })
  const year = (value: Date, zone: string | undefined) =>
    new Intl.DateTimeFormat("en", { year: "numeric", timeZone: zone }).format(value)
  if (year(date, timeZone) === year(at.now, formats.timeZone) || Math.abs(distance) < 90)
    return write({ day: "numeric", month: "short" })
  return write({ month: "short", year: "numeric" })
}

/** The exact moment, for hovering: date, time and zone. */
export function exactInstant(iso: string, formats: Formats): string {
  return formats.date(new Date(iso), {
    weekday: "short",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
  })
}
export function exactDay(day: string, formats: Formats): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return day
  return formats.date(date, {
    weekday: "short",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  })
}
/** A wall-clock time such as "14:30" in the habits of the country. */
export function formatTime(time: string, formats: Formats): string {
  const date = new Date(`1970-01-01T${time}:00Z`)
  if (Number.isNaN(date.getTime())) return time
  return formats.date(date, { timeStyle: "short", timeZone: "UTC" })
}
/** A day that comes back each year, with its year where it is known. */
export function formatMonthDay({ month, day, year }: MonthDay, formats: Formats): string {
  // A leap year, so that 29 February stays what it is.
  const date = new Date(Date.UTC(year ?? 2000, month - 1, day))
  return formats.date(date, {
    day: "numeric",
    month: "long",
    year: year ? "numeric" : undefined,
    timeZone: "UTC",
  })
}

/** Size of a file: "320 kB", "4.2 MB". */
export function formatBytes(bytes: number, formats: Formats): string {
  const [unit, divisor] =
    bytes < 1000
      ? (["byte", 1] as const)
      : bytes < 1_000_000
        ? (["kilobyte", 1e3] as const)
        : (["megabyte", 1e6] as const)
  return formats.number(bytes / divisor, { style: "unit", unit, maximumFractionDigits: bytes < 1e6 ? 0 : 1 })
}

/** One or two letters that stand for a name; works for any script. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s\-.,@]+/u).filter((word) => /\p{L}|\p{N}/u.test(word))
  const first = words[0]?.match(/\p{L}|\p{N}/u)?.[0] ?? "?"
  const last = words.length > 1 ? (words.at(-1)?.match(/\p{L}|\p{N}/u)?.[0] ?? "") : ""
  return (first + last).toLocaleUpperCase()
}
export const tones = 10
/** Which of the ten soft tones a name or tag always gets. */
export function toneOf(text: string): number {
  let hash = 2166136261
  for (const sign of text.toLowerCase()) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 16777619)
  return (hash >>> 0) % tones
}

/** What to call a record: its title, else its first e-mail address or phone number; empty when it has none. */
export function titleOf(record: object, titleField = "name"): string {
  const fields = record as Record<string, unknown>
  const title = fields[titleField]
  if (typeof title === "string" && title.trim() !== "") return title
  const first = (key: string, part: string) =>
    (fields[key] as Record<string, string | null>[] | undefined)?.[0]?.[part] ?? ""
  return first("emails", "address") || first("phones", "raw") || first("phones", "number")
}
