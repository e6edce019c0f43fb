import type { View } from "@regulars/contract/domains/views.endpoints.ts"
import { type ListState, listAddress } from "../list/list-state.ts"

export type { View }
/** What a view keeps of a list. */
export type Shown = Pick<View, "search" | "filter" | "sort" | "columns" | "widths" | "grouping" | "layout">

/** What a list in this state shows, as a view keeps it. */
export function shownIn({ q, f, s, c, w, g, l }: ListState): Shown {
  return {
    search: q.trim(),
    filter: f,
    sort: s,
    columns: c,
    widths: w,
    grouping: g || null,
    layout: l || null,
  }
}
/** The state that opens a view. */
export function stateOf(view: View): ListState {
  const { id, search, filter, sort, columns, widths, grouping, layout } = view
  const shown = { q: search, f: filter, s: sort, c: columns, w: widths, g: grouping ?? "", l: layout ?? "" }
  return { v: id, ...shown, b: "", m: "", p: "" }
}
/** Address that shows what a view shows; it reads the same for whoever is sent it. */
export function addressOf(view: View): string {
  return listAddress(view.entity, stateOf(view))
}
export function isSame(one: Shown, other: Shown): boolean {
  return canonical(one) === canonical(other)
}
/** Whether a list is as it is before anyone touches it. */
export function isUntouched({ q, f, s, c, w, g, l }: ListState): boolean {
  return q.trim() === "" && f === null && s === null && c === null && w === null && g === "" && l === ""
}
/** The database keeps the keys of what it is given in an order of its own. */
function canonical(shown: Shown): string {
  const { search, filter, sort, columns, widths, grouping, layout } = shown
  return JSON.stringify([search, filter, sort, columns, widths, grouping, layout], (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  )
}

/** Where something stands in an order. */
export interface Place {
  position: number
  /** Not the member's to change. */
  isFixed: boolean
}
/**
 * Numbers that put what stands at `from` to the place `to` of those in order, by where it stands now: its own, or
 * those of what may change beside it where there is no number between its new neighbours.
 */
export function placesAfter(places: readonly Place[], from: number, to: number): Map<number, number> {
  const moved = places[from]
  if (!moved || from === to) return new Map()
  const order = places
    .map((place, index) => ({ ...place, index }))
    .toSpliced(from, 1)
    .toSpliced(to, 0, { ...moved, index: from })
  const [own] = numbersBetween(order[to - 1], order[to + 1], 1)
  if (own !== undefined) return new Map([[from, own]])
  let [first, end] = [to, to + 1]
  while (order[first - 1]?.isFixed === false) first--
  while (order[end]?.isFixed === false) end++
  const numbers = numbersBetween(order[first - 1], order[end], end - first)
  // Between two that stay at the same number there is no place: it goes on beyond them.
  if (numbers.length === 0) return placesAfter(places, from, to < from ? to - 1 : to + 1)
  return new Map(
    order
      .slice(first, end)
      .map(({ index }, place) => [index, numbers[place] as number] as const)
      .filter(([index, position]) => places[index]?.position !== position),
  )
}
/** So many numbers in order between two places; none where they don't fit. */
function numbersBetween(before: Place | undefined, after: Place | undefined, count: number): number[] {
  const [low, high] = [before?.position, after?.position]
  const numbers = Array.from({ length: count }, (_, index) => {
    if (low === undefined) return (high ?? count + 1) - count + index
    return high === undefined ? low + index + 1 : low + ((high - low) * (index + 1)) / (count + 1)
  })
  const all = [low ?? -Infinity, ...numbers, high ?? Infinity]
  return all.every((number, index) => index === 0 || (all[index - 1] as number) < number) ? numbers : []
}

/** Whether a view stands in the member's sidebar: their own choice wins over everybody's. */
export function isInSidebar({ pin, pinned }: View): boolean {
  return pin?.pinned ?? pinned
}
/** Number of a view's place in the member's sidebar. */
export function sidebarPlace({ pin, position }: View): number {
  return pin?.position ?? position
}
/** The views that stand in the member's sidebar, in the order of it within each entity. */
export function inSidebar(views: readonly View[]): View[] {
  return views
    .filter(isInSidebar)
    .toSorted((one, other) =>
      one.entity === other.entity
        ? sidebarPlace(one) - sidebarPlace(other)
        : one.entity < other.entity
          ? -1
          : 1,
    )
}
