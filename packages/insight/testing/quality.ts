export interface PositionPair {
  one: number
  other: number
}
export interface Quality {
  precision: number
  recall: number
  f1: number
}

/** How well pairs of positions agree with who is who. */
export function qualityOf(pairs: readonly PositionPair[], who: readonly unknown[]): Quality {
  const sizes = new Map<unknown, number>()
  for (const id of who) sizes.set(id, (sizes.get(id) ?? 0) + 1)
  const truth = [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
  const found = pairs.filter(({ one, other }) => who[one] === who[other]).length
  const precision = found / pairs.length
  const recall = found / truth
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) }
}

/** All pairs within groups. */
export function pairsWithin(groups: readonly (readonly number[])[]): PositionPair[] {
  return groups.flatMap((group) =>
    group.flatMap((one, position) => group.slice(position + 1).map((other) => ({ one, other }))),
  )
}

export function inWords({ precision, recall, f1 }: Quality): string {
  return `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}`
}
