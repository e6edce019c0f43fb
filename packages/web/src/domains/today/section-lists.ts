import { additionDays, birthdayDays, quietDays } from "@regulars/contract/domains/today.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { addDays } from "../tasks/due.ts"

// Addresses of the lists that hold the people a section of Today counts.

export function birthdayList(): string {
  const ahead = { n: birthdayDays - 1, unit: "day" } as const
  return listOf(
    { field: "birthday", op: "comesWithin", value: { ahead } },
    { c: "name,birthday,phones,emails" },
  )
}
/** `day` is the day it is for the member, as of the page's answer. */
export function quietList(day: string): string {
  const cared: Filter = {
    any: [
      { field: "keyCustomer", op: "isAnyOf", value: ["vip", "high"] },
      { field: "lifecycleStage", op: "isAnyOf", value: ["qualified", "customer", "regular"] },
    ],
  }
  const quiet: Filter = {
    any: [
      { field: "lastActivityAt", op: "before", value: addDays(day, -quietDays) },
      { field: "lastActivityAt", op: "isEmpty" },
    ],
  }
  return listOf({ all: [cared, quiet] }, { s: "lastActivityAt" })
}
export function additionsList(day: string): string {
  // "After" a day begins with the next one.
  const before = addDays(day, -additionDays - 1)
  return listOf({ field: "createdAt", op: "after", value: before }, { s: "-createdAt" })
}
function listOf(filter: Filter, view: Record<string, string>): string {
  return `/people?${new URLSearchParams({ f: JSON.stringify(filter), ...view })}`
}
