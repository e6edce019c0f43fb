import type { TimelineEntry } from "../../../../lib/timeline.ts"

export interface Day {
  /** `2026-05-03` where the viewer is. */
  day: string
  entries: TimelineEntry[]
}

/** Entries under the day they fell on in a zone, in the order they come. */
export function groupByDay(entries: readonly TimelineEntry[], timeZone: string | undefined): Day[] {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" })
  const days: Day[] = []
  for (const entry of entries) {
    const day = format.format(new Date(entry.occurredAt))
    const last = days.at(-1)
    if (last?.day === day) last.entries.push(entry)
    else days.push({ day, entries: [entry] })
  }
  return days
}

/** Fields a task changes by being ticked off; the entry "finished" beside it says that already. */
const ticking = ["status", "doneAt"]
/** Whether an entry says anything that its neighbours don't. */
export function isWorthTelling({ type, data }: TimelineEntry): boolean {
  const fields = data.fields as string[] | undefined
  return type !== "task.updated" || !fields || fields.some((field) => !ticking.includes(field))
}
