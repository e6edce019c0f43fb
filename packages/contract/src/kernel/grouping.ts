import type { Field } from "./fields.ts"

/** Fields records can be grouped by. */
export function isGroupable(field: Field): boolean {
  if (field.filter === false || field.hidden) return false
  const kinds: readonly Field["type"][] = ["choice", "choices", "link", "tags", "boolean", "date", "dateTime"]
  return kinds.includes(field.type)
}
export const isDated = (field: Field) => field.type === "date" || field.type === "dateTime"
/** Fields that can be added up. */
export function isSummable(field: Field): boolean {
  return ["integer", "number", "percent", "rating", "money"].includes(field.type)
}
export const groupPeriods = ["day", "week", "month"] as const
export type GroupPeriod = (typeof groupPeriods)[number]

/** How a list's grouping is written down: `lifecycleStage`, `createdAt:month`. */
export function groupingOf(text: string): { by: string; period?: string } {
  const [by = "", period] = text.split(":")
  return { by, ...(period !== undefined && { period }) }
}
