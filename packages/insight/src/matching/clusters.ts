export interface ScoredPair<K extends string | number> {
  one: K
  other: K
  probability: number
}

/**
 * Groups of records that are one and the same: whoever hangs together by pairs of at least `threshold`.
 *
 * Taken strictly, one wrong link joins two families into one. So groups are joined from the surest pair down, and only
 * where what is known between all members speaks for it: each compared pair votes by how far it lies above or below
 * the threshold. Hand in the unlikely pairs, too: they are the votes against. Groups of one are left out.
 */
export function clusters<K extends string | number>(
  pairs: readonly ScoredPair<K>[],
  threshold: number,
): K[][] {
  const votes = new Map<K, Map<K, number>>()
  for (const { one, other, probability } of pairs) {
    note(votes, one, other, probability - threshold)
    note(votes, other, one, probability - threshold)
  }
  const groupOf = new Map<K, K[]>([...votes.keys()].map((key) => [key, [key]]))
  const links = pairs.filter(({ probability }) => probability >= threshold)
  for (const { one, other } of links.sort((left, right) => right.probability - left.probability)) {
    const left = groupOf.get(one) as K[]
    const right = groupOf.get(other) as K[]
    if (left === right || support(left, right, votes) <= 0) continue
    const [large, small] = left.length >= right.length ? [left, right] : [right, left]
    for (const key of small) groupOf.set(key, large)
    large.push(...small)
  }
  return [...new Set(groupOf.values())].filter((group) => group.length > 1)
}

function note<K>(votes: Map<K, Map<K, number>>, one: K, other: K, vote: number): void {
  const known = votes.get(one)
  if (known) known.set(other, vote)
  else votes.set(one, new Map([[other, vote]]))
}

function support<K>(left: readonly K[], right: readonly K[], votes: Map<K, Map<K, number>>): number {
  let sum = 0
  for (const one of left) for (const other of right) sum += votes.get(one)?.get(other) ?? 0
  return sum
}

/**
 * The threshold at which the balance of right and missed pairs (F1) is best by the probabilities' own account, without
 * labels: of all pairs down to it, precision and recall are what the probabilities add up to. 0.5 for no pairs.
 */
export function bestThreshold(probabilities: Iterable<number>): number {
  const sorted = Float64Array.from(probabilities).sort().reverse()
  const all = sorted.reduce((sum, probability) => sum + probability, 0)
  let found = 0
  let best = { f1: 0, threshold: 0.5 }
  sorted.forEach((probability, index) => {
    found += probability
    const f1 = (2 * found) / (index + 1 + all)
    if (f1 > best.f1) best = { f1, threshold: probability }
  })
  return best.threshold
}
