import type { RefObject } from "react"
import { useShortcut } from "../../lib/shortcuts.ts"

/** Rows of the list in the order they stand on the page. */
const rowsIn = (list: HTMLElement | null) => [...(list?.querySelectorAll<HTMLElement>("[data-task]") ?? [])]

/** Moves the focus from row to row; at the ends it stays. */
function stepRow(list: HTMLElement | null, step: 1 | -1): void {
  const rows = rowsIn(list)
  const current = rows.findIndex((row) => row.contains(document.activeElement))
  const next = current < 0 ? (step > 0 ? 0 : rows.length - 1) : current + step
  rows[Math.max(0, Math.min(rows.length - 1, next))]?.focus()
}
/** Presses a control of the row that has the focus. */
function press(list: HTMLElement | null, control: string): void {
  const row = rowsIn(list).find((candidate) => candidate.contains(document.activeElement))
  row?.querySelector<HTMLElement>(`[data-task-${control}]`)?.click()
}

/** The list by keyboard: j/k or arrows move, d ticks off, e renames, s plans another day, a gives to another. */
export function useTaskKeys(list: RefObject<HTMLDivElement | null>): void {
  const group = "list" as const
  useShortcut({ keys: "j", label: "tasks.keys.next", group, run: () => stepRow(list.current, 1) })
  useShortcut({ keys: "k", label: "tasks.keys.previous", group, run: () => stepRow(list.current, -1) })
  useShortcut({ keys: "ArrowDown", label: "tasks.keys.next", group, run: () => stepRow(list.current, 1) })
  useShortcut({ keys: "ArrowUp", label: "tasks.keys.previous", group, run: () => stepRow(list.current, -1) })
  useShortcut({ keys: "d", label: "tasks.keys.done", group, run: () => press(list.current, "done") })
  useShortcut({ keys: "e", label: "tasks.keys.edit", group, run: () => press(list.current, "title") })
  useShortcut({ keys: "s", label: "tasks.keys.due", group, run: () => press(list.current, "due") })
  useShortcut({ keys: "a", label: "tasks.keys.assign", group, run: () => press(list.current, "assignee") })
}
