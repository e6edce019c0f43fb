export interface Move {
  id: string
  /** The company it is to stand below. */
  parentId: string
}

/**
 * Places of the moves that would put a company below itself. `parents`: what stands above the new parents now. Moves
 * that are sound together are; otherwise they are made one after the other, and those that close a circle left out.
 */
export function circlesAmong(moves: readonly Move[], parents: ReadonlyMap<string, string | null>): number[] {
  const together = new Map([...parents, ...moves.map(({ id, parentId }): [string, string] => [id, parentId])])
  if (!moves.some(({ id }) => leadsBack(together, id))) return []
  const current = new Map(parents)
  return moves.flatMap(({ id, parentId }, index) => {
    const before = current.get(id) ?? null
    current.set(id, parentId)
    if (!leadsBack(current, id)) return []
    current.set(id, before)
    return [index]
  })
}
function leadsBack(parents: ReadonlyMap<string, string | null>, id: string): boolean {
  const passed = new Set<string>()
  for (let at = parents.get(id); at && !passed.has(at); at = parents.get(at)) {
    if (at === id) return true
    passed.add(at)
  }
  return false
}
