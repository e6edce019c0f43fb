import type { Icon } from "../lib/commands.ts"

export interface MenuEntry {
  id: string
  label: string
  icon?: Icon
  keys?: string
  danger?: boolean
  disabled?: boolean
  /** Makes it one of several of which one is chosen. */
  checked?: boolean
  run: () => void
}
/** Entries of a group stand under its heading. */
export interface MenuGroup {
  heading?: string
  entries: readonly MenuEntry[]
}
export type MenuPosition = "bottom-end" | "bottom-start" | "top-start" | "top-end"
