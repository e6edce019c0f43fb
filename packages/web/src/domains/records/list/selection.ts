/** Selected rows of a list by id; `anchor` is the row a range is drawn from, in whichever part of the list it stands. */
export interface Selection {
  ids: ReadonlySet<string>
  anchor: string | null
}
export const nothingSelected: Selection = { ids: new Set(), anchor: null }

export function toggle(selection: Selection, ids: readonly string[], index: number): Selection {
  const id = ids[index]
  if (id === undefined) return selection
  const next = new Set(selection.ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, anchor: id }
}
/**
 * Selects from the anchor to a row; rows between the anchor and the place the range ended before are let go
 * when the range shrinks. `from` is where the range begins when there is no anchor yet, or it stands elsewhere.
 */
export function extend(
  selection: Selection,
  ids: readonly string[],
  range: { from: number; to: number },
): Selection {
  const known = selection.anchor === null ? -1 : ids.indexOf(selection.anchor)
  const anchor = known < 0 ? range.from : known
  const next = new Set(selection.ids)
  for (const index of between(anchor, range.from)) next.delete(ids[index] ?? "")
  for (const index of between(anchor, range.to)) {
    const id = ids[index]
    if (id !== undefined) next.add(id)
  }
  return { ids: next, anchor: ids[anchor] ?? null }
}
/** Whether none, some or all of a part of the list are selected. */
export function shareOf(selection: Selection, ids: readonly string[]): "none" | "some" | "all" {
  if (selection.ids.size === 0) return "none"
  const count = ids.filter((id) => selection.ids.has(id)).length
  return count === 0 ? "none" : count < ids.length ? "some" : "all"
}
/** Selects all of a part of the list beside what is selected elsewhere, or lets go of it. */
export function toggleAll(selection: Selection, ids: readonly string[]): Selection {
  const next = new Set(selection.ids)
  const isOn = shareOf(selection, ids) !== "all"
  for (const id of ids) {
    if (isOn) next.add(id)
    else next.delete(id)
  }
  return { ids: next, anchor: null }
}
export function selectAll(ids: readonly string[]): Selection {
  return { ids: new Set(ids), anchor: null }
}
/** What is still selected after the list has changed. */
export function keepSelected(selection: Selection, ids: readonly string[]): Selection {
  if (selection.ids.size === 0) return selection
  const kept = ids.filter((id) => selection.ids.has(id))
  return kept.length === selection.ids.size ? selection : { ids: new Set(kept), anchor: null }
}
function between(one: number, other: number): number[] {
  const start = Math.min(one, other)
  return Array.from({ length: Math.abs(one - other) + 1 }, (_, step) => start + step)
}

/** Most ids one bulk request takes. */
const mostIds = 10_000
/** Bulk requests for a selection: by filter when everything is selected, else by ids in parts. */
export function bulkTargets<F>(
  selected: ReadonlySet<string>,
  total: number,
  filter: F | undefined,
): ({ filter: F | { all: [] } } | { ids: string[] })[] {
  if (selected.size === 0) return []
  if (selected.size === total && total > mostIds) return [{ filter: filter ?? { all: [] } }]
  const ids = [...selected]
  const parts: { ids: string[] }[] = []
  for (let start = 0; start < ids.length; start += mostIds)
    parts.push({ ids: ids.slice(start, start + mostIds) })
  return parts
}
