/**
 * A reason to look at two records at all: they share a key. As data, so that one meaning serves everywhere: write
 * the keys into a table and join it with itself in SQL, or use `candidatePairs` in memory.
 */
export interface BlockingRule<R> {
  name: string
  /** The comparisons that agree because of this rule. */
  fixes: readonly string[]
  /** Where this rule's keys tell less than others': the most records one of them may have. */
  maxPerBlock?: number
  /** Folded keys; none where the record has too little to tell. Keys of different rules never meet. */
  keys(record: R): readonly string[]
}

export interface Candidate {
  /** Positions in the list of records, `one` before `other`. */
  one: number
  other: number
  /** Bit n stands for rule n: which rules brought the pair. */
  rules: number
}

/**
 * Pairs of records that share a key of a rule, each once. A key with more than `maxPerBlock` records tells nobody
 * apart and is left out: another rule has to bring these. For tests and small sets; memory grows with the pairs.
 *
 * @throws RangeError when there are more rules than bits, 31.
 */
export function candidatePairs<R>(
  records: readonly R[],
  rules: readonly BlockingRule<R>[],
  maxPerBlock = 100,
): Candidate[] {
  if (rules.length > 31) throw new RangeError("At most 31 blocking rules.")
  const found = new Map<number, number>()
  rules.forEach((rule, bit) => {
    for (const block of blocksOf(records, rule).values()) {
      if (block.length > Math.min(maxPerBlock, rule.maxPerBlock ?? maxPerBlock)) continue
      block.forEach((one, position) => {
        for (const other of block.slice(position + 1)) {
          const pair = one * records.length + other
          found.set(pair, (found.get(pair) ?? 0) | (1 << bit))
        }
      })
    }
  })
  return Array.from(found, ([pair, bits]) => ({
    one: Math.floor(pair / records.length),
    other: pair % records.length,
    rules: bits,
  }))
}

/** Positions of the records by key, in their order. */
function blocksOf<R>(records: readonly R[], rule: BlockingRule<R>): Map<string, number[]> {
  const blocks = new Map<string, number[]>()
  records.forEach((record, position) => {
    for (const key of new Set(rule.keys(record))) {
      const block = blocks.get(key)
      if (block) block.push(position)
      else blocks.set(key, [position])
    }
  })
  return blocks
}
