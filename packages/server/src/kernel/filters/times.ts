import type { RelativeTime } from "@regulars/contract/kernel/filter.ts"
import { keptOn } from "@regulars/contract/kernel/kept-on.ts"
import { addDays, dayIn, isRelative, periodDays, shift, startOfDay } from "../time.ts"

/** Where relative time is counted from. */
export interface Moment {
  now: Date
  zone: string
}
/** A stretch of time as bounds for `>=` and `<`: instants for date-times, days for dates. */
export interface Range {
  start: string
  end: string
}
const dayPattern = /^\d{4}-\d{2}-\d{2}$/
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

/**
 * The stretch a value of a time condition stands for: a day, an instant, a period, "30 days ago".
 * Undefined when the value is none of these.
 */
export function rangeOf(value: unknown, type: "date" | "dateTime", moment: Moment): Range | undefined {
  const days = type === "date"
  if (isRelative(value)) return relativeRange(value, days, moment)
  if (typeof value !== "string") return undefined
  if (dayPattern.test(value) && isDay(value))
    return days ? { start: value, end: addDays(value, 1) } : instants(value, addDays(value, 1), moment.zone)
  if (!instantPattern.test(value)) return undefined
  const instant = new Date(value)
  if (Number.isNaN(instant.getTime())) return undefined
  if (!days) return { start: instant.toISOString(), end: instant.toISOString() }
  const day = dayIn(moment.zone, instant)
  return { start: day, end: addDays(day, 1) }
}
function relativeRange(value: RelativeTime, days: boolean, moment: Moment): Range {
  if ("period" in value) {
    const { start, end } = periodDays(value.period, dayIn(moment.zone, moment.now))
    return days ? { start, end } : instants(start, end, moment.zone)
  }
  const at =
    "ago" in value
      ? shift(moment.now, moment.zone, value.ago, -1)
      : shift(moment.now, moment.zone, value.ahead, 1)
  if (!days) return { start: at.toISOString(), end: at.toISOString() }
  const day = dayIn(moment.zone, at)
  return { start: day, end: addDays(day, 1) }
}
function instants(start: string, end: string, zone: string): Range {
  return { start: startOfDay(start, zone).toISOString(), end: startOfDay(end, zone).toISOString() }
}
function isDay(value: string): boolean {
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) && value > "0000"
}

/** The days between two as `month-day`, at most a year of them. */
export function monthDaysBetween(start: string, end: string): string[] {
  const found = new Set<string>()
  for (let day = start, count = 0; day < end && count < 366; day = addDays(day, 1), count++) {
    for (const kept of keptOn(day)) found.add(`${kept.month}-${kept.day}`)
  }
  return [...found]
}
