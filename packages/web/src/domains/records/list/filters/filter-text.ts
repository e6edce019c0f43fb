import { type Filter, filterLimits } from "@regulars/contract/kernel/filter.ts"
import { type ListState, listAddress } from "../list-state.ts"

/** What a list is narrowed by. */
export type Narrowed = Pick<ListState, "f" | "q">
/** What a text holds: a filter of this list, one of another list, or none that can be read. */
export type FilterInText = Narrowed | { elsewhere: string } | null

/** Longest text that is looked at; the longest filter in an address takes less. */
const mostText = 60_000

/** A filter as people send it to each other: what it says, and the address that shows it. */
export function textOfFilter(sentence: string, origin: string, entity: string, narrowed: Narrowed): string {
  return `${sentence}\n${origin}${listAddress(entity, narrowed)}`
}

/** Whether a text is worth reading as a filter, rather than the name of a field somebody is typing. */
export function looksLikeFilter(text: string): boolean {
  return /^\s*\{|https?:\/\/|^\s*\/\w/.test(text)
}

/**
 * The filter in a pasted text: the address of a list, with whatever stands around it, or the filter as the API takes
 * it. Which fields, comparisons and values there are is not looked at here.
 */
export function filterInText(text: string, entity: string): FilterInText {
  if (text.length > mostText) return null
  const plain = parsed(text)
  if (isFilter(plain)) return { f: plain, q: "" }
  let elsewhere: string | undefined
  for (const [, path = "", search = ""] of text.matchAll(address)) {
    const parts = new URLSearchParams(search.replace(trailing, ""))
    const [f, q] = [parsed(parts.get("f")), parts.get("q")?.trim().slice(0, 200) ?? ""]
    const holds = isFilter(f) || (!parts.has("f") && q !== "")
    if (holds && path === entity) return { f: isFilter(f) ? f : null, q }
    if (holds) elsewhere ??= path
  }
  return elsewhere === undefined ? null : { elsewhere }
}
/** Path and search of an address, with or without the server before it. */
const address = /(?:https?:\/\/[^\s/?#]+|(?<=^|\s))\/([a-z][\w/-]*)\?([^\s#]+)/gi
/** What mail and chat put behind an address. */
const trailing = /[<>()[\]"'.,;:!]+$/

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether something has the shape of a filter, as far as reading it aloud and sending it needs. */
function isFilter(value: unknown, depth = 1): value is Filter {
  if (typeof value !== "object" || value === null || depth > filterLimits.depth) return false
  const part = value as Record<string, unknown>
  const inner = (one: unknown) => isFilter(one, depth + 1)
  const parts = part.all ?? part.any
  if (parts !== undefined)
    return Array.isArray(parts) && parts.length <= filterLimits.conditions && parts.every(inner)
  if ("not" in part) return inner(part.not)
  if (typeof part.related === "string")
    return ["some", "none", "every"].every((kind) => part[kind] === undefined || inner(part[kind]))
  if (typeof part.event === "string") return isPlain(part.count) && isPlain(part.within)
  if ("search" in part) return typeof part.search === "string"
  return typeof part.field === "string" && typeof part.op === "string"
}
const isPlain = (value: unknown) =>
  value === undefined || (typeof value === "object" && value !== null && !Array.isArray(value))
