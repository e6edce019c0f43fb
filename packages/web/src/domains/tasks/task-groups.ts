import { endOfWeek } from "./due.ts"

export const taskGroups = ["overdue", "today", "thisWeek", "later", "noDate"] as const
export type TaskGroup = (typeof taskGroups)[number]

/** Under which heading an open task stands, by the day it is due. */
export function groupOf(dueDate: string | null | undefined, today: string): TaskGroup {
  if (!dueDate) return "noDate"
  if (dueDate < today) return "overdue"
  if (dueDate === today) return "today"
  return dueDate <= endOfWeek(today) ? "thisWeek" : "later"
}

export interface Groupable {
  dueDate?: string | null
  dueTime?: string | null
  priority?: string | null
}
const weights: Record<string, number> = { high: 0, normal: 1, low: 2 }
function order(one: Groupable, other: Groupable): number {
  const byDay = (one.dueDate ?? "9999").localeCompare(other.dueDate ?? "9999")
  if (byDay !== 0) return byDay
  // A time of day is an appointment; among those without, what matters more comes first.
  const byTime = (one.dueTime ?? "99").localeCompare(other.dueTime ?? "99")
  return byTime !== 0 ? byTime : (weights[one.priority ?? ""] ?? 1) - (weights[other.priority ?? ""] ?? 1)
}

/** Open tasks by heading, soonest first; headings without tasks are left out. */
export function groupTasks<T extends Groupable>(
  tasks: readonly T[],
  today: string,
): { group: TaskGroup; tasks: T[] }[] {
  const byGroup = Map.groupBy(tasks, (task) => groupOf(task.dueDate, today))
  return taskGroups.flatMap((group) => {
    const own = byGroup.get(group)
    return own ? [{ group, tasks: own.toSorted(order) }] : []
  })
}
