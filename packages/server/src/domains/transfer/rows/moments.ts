import type { ImportColumn } from "@regulars/contract/domains/transfer.endpoints.ts"
import { instantOf, startOfDay } from "../../../kernel/time.ts"
import type { DateOrder } from "../values/dates.ts"

/** How the dates of a column are read; without an answer only those that can be read in one way. */
export function orderOf(column: ImportColumn): DateOrder | "ambiguous" {
  return column.dateOrder ?? "ambiguous"
}
/** A moment as read, as an instant: local where it names no offset, the beginning of the day where it has no time. */
export function instantOfMoment(moment: string, zone: string): string {
  const [day = "", time] = moment.split("T")
  if (time === undefined) return startOfDay(day, zone).toISOString()
  if (/[Z+-]/.test(time)) return new Date(moment).toISOString()
  return instantOf(day, time, zone).toISOString()
}
