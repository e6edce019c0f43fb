import { type EntityDeclaration, fieldOf } from "@regulars/contract/kernel/entity.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { useMemo } from "react"
import {
  type Codec,
  jsonParam,
  listParam,
  type State,
  textParam,
  useUrlState,
  writeState,
} from "../../../lib/url-state.ts"

/** How a list stands in its address; short keys keep links readable. */
const codecs = {
  /** Saved view that was opened; what it showed stands beside it. `all`: none, where a list opens with one. */
  v: textParam(),
  /** Words searched for. */
  q: textParam(),
  /** Filter, as the API takes it. */
  f: jsonParam<Filter | null>(null, isFilterLike),
  /** Order: field names, `-` before those that run downwards. */
  s: listParam(),
  /** Columns in their order. */
  c: listParam(),
  /** Widths of columns, as `name:230,emails:200`; null for those of this device. */
  w: widthsParam(),
  /** What the rows are grouped by, as `lifecycleStage` or `createdAt:month`. */
  g: textParam(),
  /** How it is laid out: nothing for the table, `cards`, `board:lifecycleStage`, `calendar:birthday`. */
  l: textParam(),
  /** Which of the groups its columns stand in a board shows, as one of several pipelines; the first where nothing stands. */
  b: textParam(),
  /** Month a calendar shows, as `2026-05`; this one where nothing stands. */
  m: textParam(),
  /** Record shown in the side peek. */
  p: textParam(),
}
export type ListState = State<typeof codecs>

/** What the list shows, from the address, and a setter for parts of it. */
export function useListState() {
  return useUrlState(codecs)
}
/** Address of an entity's list in a state; parts left out are as at the beginning. */
export function listAddress(entity: string, state: Partial<ListState>): string {
  const search = writeState(codecs, new URLSearchParams(), state)
  return `/${entity}${search.size > 0 ? `?${search}` : ""}`
}
function widthsParam(): Codec<Record<string, number> | null> {
  return {
    read(text) {
      if (text === null) return null
      const pairs = [...text.matchAll(/([a-zA-Z]+):(\d{2,4})/g)]
      return Object.fromEntries(pairs.map(([, key = "", width]) => [key, Number(width)]))
    },
    write: (value) =>
      value &&
      Object.entries(value)
        .map(([key, width]) => `${key}:${width}`)
        .join(","),
  }
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

/** The order without fields of an old link that can't be sorted by; null for the list's own. */
export function knownSort(entity: EntityDeclaration, sort: string[] | null): string[] | null {
  const known = sort?.filter((key) => fieldOf(entity, key.replace(/^-/, ""))?.sort) ?? []
  return known.length > 0 ? known : null
}
/** The next order when a column's heading is chosen: upwards, downwards, then the list's own again. */
export function nextSort(current: readonly string[] | null, key: string): string[] | null {
  if (current?.[0] === key) return [`-${key}`]
  if (current?.[0] === `-${key}`) return null
  return [key]
}
