import { keptOn } from "@regulars/contract/kernel/kept-on.ts"
import { addDays } from "../../kernel/time.ts"

/** A birthday within the days ahead. */
export interface Coming {
  /** The day of the year, month times 100 plus day: 305 is the fifth of March. */
  key: number
  /** The day it is kept on. */
  on: string
}
/** The days of the year that come within `count` days from `today`. */
export function comingDays(today: string, count: number): Coming[] {
  return Array.from({ length: count }, (_, index) => addDays(today, index)).flatMap((on) =>
    keptOn(on).map(({ month, day }) => ({ key: month * 100 + day, on })),
  )
}
/** How old someone born in `year` becomes on a day; null when the year is not known. */
export function ageOn(day: string, year: number | null): number | null {
  const age = year === null ? -1 : Number(day.slice(0, 4)) - year
  return age >= 0 ? age : null
}
/** Whole days between two instants. */
export function daysBetween(earlier: string, later: Date): number {
  return Math.floor((later.getTime() - Date.parse(earlier)) / (24 * 60 * 60 * 1000))
}
