/** Where a list leaves the ids of what it shows, in its order. */
export const listKey = (entity: string) => `list:${entity}`

/** Records before and after one in the order of the list it was opened from; place counts from 1. */
export interface Neighbours {
  previous: string | undefined
  next: string | undefined
  place: number
  count: number
}

/** Reads the ids a list left behind: an array, or an object with one. Undefined when the record is not among them. */
export function neighboursIn(text: string | null, id: string): Neighbours | undefined {
  const ids = readIds(text)
  const index = ids.indexOf(id)
  if (index < 0 || ids.length < 2) return undefined
  return { previous: ids[index - 1], next: ids[index + 1], place: index + 1, count: ids.length }
}
function readIds(text: string | null): string[] {
  try {
    const value: unknown = JSON.parse(text ?? "[]")
    const ids = Array.isArray(value) ? value : (value as { ids?: unknown } | null)?.ids
    return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === "string") : []
  } catch {
    return []
  }
}
export function readNeighbours(entity: string, id: string): Neighbours | undefined {
  try {
    return neighboursIn(sessionStorage.getItem(listKey(entity)), id)
  } catch {
    return undefined
  }
}
