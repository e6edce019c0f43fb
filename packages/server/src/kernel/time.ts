import type { Duration, Period, RelativeTime } from "@regulars/contract/kernel/filter.ts"
import { Temporal } from "temporal-polyfill"

/** A stretch of whole days; `end` is the first day after it. */
export interface DayRange {
  start: string
  end: string
}

/** The calendar day it is in a zone: `2026-11-22`. */
export function dayIn(zone: string, instant: Date): string {
  return Temporal.Instant.from(instant.toISOString()).toZonedDateTimeISO(zone).toPlainDate().toString()
}
/** The instant a day begins in a zone; the day after a change of clocks begins when it begins there. */
export function startOfDay(day: string, zone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds)
}
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}
/** The instant a day and a time of day name in a zone. */
export function instantOf(day: string, time: string, zone: string): Date {
  return new Date(Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).epochMilliseconds)
}

/** The days of a period such as "last quarter", seen from `today`. Weeks begin on Monday. */
export function periodDays(period: Period, today: string): DayRange {
  const day = Temporal.PlainDate.from(today)
  const monday = day.subtract({ days: day.dayOfWeek - 1 })
  const month = day.with({ day: 1 })
  const quarter = month.subtract({ months: (month.month - 1) % 3 })
  const year = day.with({ month: 1, day: 1 })
  const spans: Record<Period, [Temporal.PlainDate, Temporal.DurationLike]> = {
    today: [day, { days: 1 }],
    yesterday: [day.subtract({ days: 1 }), { days: 1 }],
    tomorrow: [day.add({ days: 1 }), { days: 1 }],
    thisWeek: [monday, { days: 7 }],
    lastWeek: [monday.subtract({ days: 7 }), { days: 7 }],
    nextWeek: [monday.add({ days: 7 }), { days: 7 }],
    thisMonth: [month, { months: 1 }],
    lastMonth: [month.subtract({ months: 1 }), { months: 1 }],
    nextMonth: [month.add({ months: 1 }), { months: 1 }],
    thisQuarter: [quarter, { months: 3 }],
    lastQuarter: [quarter.subtract({ months: 3 }), { months: 3 }],
    thisYear: [year, { years: 1 }],
    lastYear: [year.subtract({ years: 1 }), { years: 1 }],
  }
  const [start, length] = spans[period]
  return { start: start.toString(), end: start.add(length).toString() }
}

/** The instant a duration before or after `now`, counted on the calendar of a zone. */
export function shift(now: Date, zone: string, duration: Duration, sign: 1 | -1): Date {
  const zoned = Temporal.Instant.from(now.toISOString()).toZonedDateTimeISO(zone)
  const moved = zoned.add({ [`${duration.unit}s`]: sign * duration.n })
  return new Date(moved.epochMilliseconds)
}
export function isRelative(value: unknown): value is RelativeTime {
  return (
    typeof value === "object" && value !== null && ("ago" in value || "ahead" in value || "period" in value)
  )
}
