import type { MonthDay } from "@regulars/contract/kernel/fields.ts"

export type MonthDayPart = "day" | "month" | "year"
/** The parts as they stand in their inputs; empty where nothing is typed. */
export type TypedMonthDay = Record<MonthDayPart, string>

/** The order of day, month and year in a locale. */
export function partOrder(locale: string): MonthDayPart[] {
  const parts = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
  }).formatToParts(0)
  return parts
    .map((part) => part.type)
    .filter((type): type is MonthDayPart => ["day", "month", "year"].includes(type))
}
/** The day that was typed: null when all is empty, undefined while it is no day of the calendar. */
export function monthDayOf(typed: TypedMonthDay): MonthDay | null | undefined {
  if (!typed.day && !typed.month && !typed.year) return null
  const [day, month, year] = [Number(typed.day), Number(typed.month), Number(typed.year)]
  const date = new Date(Date.UTC(year || 2000, month - 1, day))
  if (!day || !month || date.getUTCDate() !== day || (year !== 0 && year < 1800)) return undefined
  return year ? { month, day, year } : { month, day, year: null }
}
