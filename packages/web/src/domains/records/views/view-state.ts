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
  return { v: id, ...shown, m: "", p: "" }
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

/** Number that puts the view at `from` to the place `to` of those in order. */
export function positionAt(views: readonly Pick<View, "position">[], from: number, to: number): number {
  const rest = views.filter((_, index) => index !== from)
  const before = rest[to - 1]?.position
  const after = rest[to]?.position
  if (before === undefined) return (after ?? 1) - 1
  return after === undefined ? before + 1 : (before + after) / 2
}

/**
 * Numbers that put what stands at `from` to the place `to`, by where it stands now: its own, or all that change where
 * there is no number between its new neighbours.
 */
export function placesAfter(places: readonly number[], from: number, to: number): Map<number, number> {
  const own = positionAt(
    places.map((position) => ({ position })),
    from,
    to,
  )
  const order = places
    .map((_, index) => index)
    .toSpliced(from, 1)
    .toSpliced(to, 0, from)
  const [before = -Infinity, after = Infinity] = [places[order[to - 1] ?? -1], places[order[to + 1] ?? -1]]
  if (before < own && own < after) return new Map([[from, own]])
  return new Map(
    order
      .map((index, place) => [index, place + 1] as const)
      .filter(([index, place]) => places[index] !== place),
  )
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
