import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { useMemo } from "react"
import { jsonParam, listParam, type State, textParam, useUrlState } from "../../../lib/url-state.ts"

/** How a list stands in its address; short keys keep links readable. */
const codecs = {
  /** Words searched for. */
  q: textParam(),
  /** Filter, as the API takes it. */
  f: jsonParam<Filter | null>(null, isFilterLike),
  /** Order: field names, `-` before those that run downwards. */
  s: listParam(),
  /** Columns in their order. */
  c: listParam(),
  /** Record shown in the side peek. */
  p: textParam(),
}
export type ListState = State<typeof codecs>

/** What the list shows, from the address, and a setter for parts of it. */
export function useListState() {
  return useUrlState(codecs)
}
function isFilterLike(value: unknown): boolean {
  if (value === null) return true
  if (typeof value !== "object" || Array.isArray(value)) return false
  return ["all", "any", "not", "field", "related", "event", "search"].some((key) => Object.hasOwn(value, key))
}

/** Filter of the whole view: what was searched for and the conditions together; undefined for everything. */
export function viewFilter(search: string, filter: Filter | null): Filter | undefined {
  const words = search.trim()
  if (words === "") return filter ?? undefined
  return filter ? { all: [{ search: words }, filter] } : { search: words }
}
export function useViewFilter(search: string, filter: Filter | null): Filter | undefined {
  return useMemo(() => viewFilter(search, filter), [search, filter])
}

/** The next order when a column's heading is chosen: upwards, downwards, then the list's own again. */
export function nextSort(current: readonly string[] | null, key: string): string[] | null {
  if (current?.[0] === key) return [`-${key}`]
  if (current?.[0] === `-${key}`) return null
  return [key]
}
