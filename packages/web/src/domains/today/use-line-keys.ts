import { useShortcut } from "../../lib/shortcuts.ts"

const lines = () => [...document.querySelectorAll<HTMLElement>("main [data-line]")]

function move(step: 1 | -1) {
  const all = lines()
  const current = document.activeElement?.closest("li")
  const at = all.findIndex((line) => current?.contains(line))
  all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + step))]?.focus()
}
/** Ticks the line that has the focus and goes on to the one that takes its place. */
function tick() {
  const line = document.activeElement?.closest("li")
  const at = lines().findIndex((one) => line?.contains(one))
  const button = line?.querySelector<HTMLButtonElement>("[data-done]")
  if (!button) return
  button.click()
  requestAnimationFrame(() => (lines()[at] ?? lines().at(-1))?.focus())
}

function plan() {
  document.activeElement?.closest("li")?.querySelector<HTMLElement>("[data-task-due]")?.click()
}

/** Goes through the lines of Today with j and k; x ticks a task, s puts it to another day, Enter opens the line. */
export function useLineKeys(): void {
  useShortcut({ keys: "j", label: "today.keys.next", group: "page", run: () => move(1) })
  useShortcut({ keys: "k", label: "today.keys.previous", group: "page", run: () => move(-1) })
  useShortcut({ keys: "x", label: "today.keys.tick", group: "page", run: tick })
  useShortcut({ keys: "s", label: "tasks.keys.due", group: "page", run: plan })
}
