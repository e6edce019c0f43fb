import type { MessageId } from "@regulars/locales/runtime.ts"
import { type ComponentType, useMemo } from "react"
import type { AnyRecord } from "./any-record.ts"
import { createRegistry, useRegistry } from "./registry.ts"
import { useMaybeSession } from "./session.tsx"

export type Icon = ComponentType<{ size?: number | string; stroke?: number | string }>

/** Something the palette can run: going to a page, creating, changing a setting. */
export interface Command {
  id: string
  /** Text as people read it, already translated. */
  label: string
  /** Further words by which it is found. */
  keywords?: string
  group?: string
  icon?: Icon
  /** As `Shortcut.keys`, to be shown beside it. */
  keys?: string
  permission?: string
  run: () => void
}
const commands = createRegistry<Command>()
export const registerCommand = commands.add

/** Commands the member may run. */
export function useCommands(): readonly Command[] {
  return useAllowed(useRegistry(commands))
}
function useAllowed<T extends { permission?: string }>(entries: readonly T[]): readonly T[] {
  const permissions = useMaybeSession()?.permissions
  return useMemo(
    () => entries.filter((entry) => !entry.permission || permissions?.includes(entry.permission)),
    [entries, permissions],
  )
}

/** Whatever opens the palette; the last one registered wins, and none means there is no palette yet. */
const palettes = createRegistry<() => void>()
export const registerPalette = palettes.add
export function useOpenPalette(): (() => void) | undefined {
  return useRegistry(palettes).at(-1)
}

/** What the form of a new record begins with, and what follows. */
export interface Beginning {
  /** By field, as the API takes them; entries of lists are left to the form. */
  values: Readonly<Record<string, unknown>>
  /** Told in place of the message that it was made. */
  onSaved?: (record: AnyRecord, name: string) => void
}
/** An entry of the "+" menu; a command and, with `keys` such as `c p`, a shortcut as well. */
export interface CreateEntry {
  id: string
  label: MessageId
  /** Words of the workspace's own, in place of the label. */
  text?: string
  icon?: Icon
  permission?: string
  keys?: string
  run: () => void
  /** Opens the same form with something in it already. */
  begin: (beginning: Beginning) => void
}
const createEntries = createRegistry<CreateEntry>()
export const registerCreate = createEntries.add
export function useCreateEntries(): readonly CreateEntry[] {
  return useAllowed(useRegistry(createEntries))
}
/** How a record of an entity is made; undefined where the member may not, or nothing asks for one. */
export function useCreateEntry(entity: string): CreateEntry | undefined {
  return useCreateEntries().find(({ id }) => id === entity)
}
