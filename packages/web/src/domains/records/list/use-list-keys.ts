import { useShortcut } from "../../../lib/shortcuts.ts"

/** Focuses the list's own tab stop, where its keys work. */
const toGrid = () => document.querySelector<HTMLElement>("[role=grid] [tabindex='0']")?.focus()

/**
 * Makes keys of the grid known to the table behind "?"; pressed outside the grid they lead into it. Enter, Space and
 * the arrows stay out: outside the grid they belong to whatever has the focus.
 */
export function useListKeys(): void {
  useShortcut({ keys: "x", label: "list.keys.select", group: "list", run: toGrid })
  useShortcut({ keys: "F2", label: "list.keys.edit", group: "list", run: toGrid })
}
