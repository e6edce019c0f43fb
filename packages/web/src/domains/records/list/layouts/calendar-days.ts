import type { Field, MonthDay } from "@regulars/contract/kernel/fields.ts"
import { keptOn } from "@regulars/contract/kernel/kept-on.ts"

const dayLength = 86_400_000
const dayAt = (time: number) => new Date(time).toISOString().slice(0, 10)
const timeAt = (day: string) => Date.parse(`${day}T00:00:00Z`)

export function addDays(day: string, count: number): string {
  return dayAt(timeAt(day) + count * dayLength)
}
/** A month, as `2026-05`, so many months on. */
export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number)
  return dayAt(Date.UTC(year, number - 1 + count, 1)).slice(0, 7)
}
export function isMonth(text: string): boolean {
  return /^(?!0000)\d{4}-(0[1-9]|1[0-2])$/.test(text)
}
/** The days of the whole weeks that hold a month; weeks begin with `firstDay`, 1 for Monday to 7 for Sunday. */
export function monthGrid(month: string, firstDay: number): string[] {
  const first = timeAt(`${month}-01`)
  const last = timeAt(`${addMonths(month, 1)}-01`) - dayLength
  const before = (new Date(first).getUTCDay() - firstDay + 7) % 7
  const after = (firstDay + 6 - new Date(last).getUTCDay() + 7) % 7
  const days = (last - first) / dayLength + 1 + before + after
  return Array.from({ length: days }, (_, index) => dayAt(first + (index - before) * dayLength))
}
/** The day weeks begin with where the viewer is, 1 for Monday to 7 for Sunday. */
export function firstDayOf(locale: string): number {
  const of = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number }
    weekInfo?: { firstDay: number }
  }
  return (of.getWeekInfo?.() ?? of.weekInfo)?.firstDay ?? 1
}

/** On which of the days a value falls: a date on itself, an instant where the viewer is, a birthday each year. */
export function placer(
  { type }: Field,
  days: readonly string[],
  timeZone: string | undefined,
): (value: unknown) => string | undefined {
  const known = new Set(days)
  const among = (day: string) => (known.has(day) ? day : undefined)
  if (type === "monthDay") {
    const kept = new Map<string, string>()
    for (const day of days) for (const one of keptOn(day)) kept.set(`${one.month}-${one.day}`, day)
    return (value) => {
      const { month, day } = (value ?? {}) as Partial<MonthDay>
      return kept.get(`${month}-${day}`)
    }
  }
  if (type === "date") return (value) => among(String(value ?? "").slice(0, 10))
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" })
  return (value) => (typeof value === "string" ? among(format.format(new Date(value))) : undefined)
}
/** Milliseconds by which clocks in a zone are ahead of UTC at an instant. */
function aheadOf(time: number, timeZone: string | undefined): number {
  const format = new Intl.DateTimeFormat("en-CA", {
    ...{ timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  })
  const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day, hour, minute, second } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000
}
/** The value on another day: an instant keeps the time the viewer's clock shows, a birthday its year. */
export function valueOn(
  { type }: Field,
  value: unknown,
  [from, to]: readonly [from: string, to: string],
  timeZone: string | undefined,
): unknown {
  if (type === "date") return to
  if (type === "monthDay") {
    const { year } = value as MonthDay
    const [, month, day] = to.split("-").map(Number) as [number, number, number]
    return { ...(year != null && { year }), month, day }
  }
  const time = Date.parse(String(value))
  const moved = time + timeAt(to) - timeAt(from)
  return new Date(moved + aheadOf(time, timeZone) - aheadOf(moved, timeZone)).toISOString()
}
