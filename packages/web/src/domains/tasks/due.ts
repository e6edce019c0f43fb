const dayLength = 86_400_000

/** A day some days later, both as `2026-05-03`. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayLength).toISOString().slice(0, 10)
}
/** Monday 0 … Sunday 6. */
function weekday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
}
/** The last day of the week a day lies in; weeks begin on Monday. */
export function endOfWeek(day: string): string {
  return addDays(day, 6 - weekday(day))
}

export const quickDays = ["today", "tomorrow", "nextWeek"] as const
export type QuickDay = (typeof quickDays)[number]
/** The day a quick choice means; next week is its Monday. */
export function quickDay(choice: QuickDay, today: string): string {
  if (choice === "today") return today
  return choice === "tomorrow" ? addDays(today, 1) : addDays(endOfWeek(today), 1)
}
