import type { MessageId } from "@regulars/locales/runtime.ts"
import { useEffect, useRef } from "react"
import { createRegistry, useRegistry } from "./registry.ts"

export interface Shortcut {
  /** `mod+k` (Ctrl, or ⌘ on a Mac), `shift+Enter`, a letter, `?`, or two letters one after the other: `g t`. */
  keys: string
  label: MessageId
  group: "general" | "goTo" | "list" | "page"
  run: (event: KeyboardEvent) => void
  /** Also while a field is typed in; only sensible with `mod`. */
  whenTyping?: boolean
}
const registry = createRegistry<Shortcut>()
export const registerShortcut = registry.add
export const useShortcuts = () => useRegistry(registry)

/** Registers a shortcut while the calling part is shown; `null` registers nothing. */
export function useShortcut(shortcut: Shortcut | null): void {
  const run = useRef(shortcut?.run)
  run.current = shortcut?.run
  const { keys, label, group, whenTyping } = shortcut ?? {}
  useEffect(() => {
    if (!keys || !label || !group) return
    return registry.add({ keys, label, group, whenTyping, run: (event) => run.current?.(event) })
  }, [keys, label, group, whenTyping])
}

export const isMac = typeof navigator !== "undefined" && /mac|iphone|ipad/i.test(navigator.userAgent)

/** The pressed keys in the notation of `Shortcut.keys`. */
export function chordOf(event: {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const parts: string[] = []
  if (event.ctrlKey || event.metaKey) parts.push("mod")
  if (event.altKey) parts.push("alt")
  // A printed sign such as "?" already says that Shift was held; a letter or a named key does not.
  if (event.shiftKey && (key.length > 1 || key !== key.toUpperCase())) parts.push("shift")
  return [...parts, key].join("+")
}

/** Milliseconds within which the second key of a pair must follow. */
const pairPause = 1200

/** Follows key strokes and finds the shortcut they complete, pairs included. */
export function createMatcher(list: () => readonly Pick<Shortcut, "keys">[]) {
  let first = ""
  let since = 0
  return (chord: string, at: number): number => {
    const pair = first !== "" && at - since < pairPause ? `${first} ${chord}` : ""
    const entries = list()
    const find = (keys: string) => entries.findLastIndex((entry) => entry.keys === keys)
    const found = pair !== "" && find(pair) >= 0 ? find(pair) : find(chord)
    first = found >= 0 ? "" : chord
    since = at
    return found
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "button", "submit"].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
/** Dialogs and menus have keys of their own: letters typed there must not jump elsewhere. */
const inOverlay = (target: EventTarget | null) =>
  target instanceof Element && target.closest("[role=dialog],[role=menu],[role=listbox]") !== null

/** Listens for every registered shortcut; called once by the app. Returns how to stop. */
export function listenForShortcuts(): () => void {
  const match = createMatcher(registry.list)
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return
    const chord = chordOf(event)
    const plain = !chord.startsWith("mod+")
    if (plain && (isTyping(event.target) || inOverlay(event.target))) return
    const shortcut = registry.list()[match(chord, event.timeStamp)]
    if (!shortcut || (isTyping(event.target) && !shortcut.whenTyping)) return
    event.preventDefault()
    shortcut.run(event)
  }
  window.addEventListener("keydown", listen)
  return () => window.removeEventListener("keydown", listen)
}
