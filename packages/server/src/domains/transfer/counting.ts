import type { ImportCounts } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { ChunkPlan } from "./plan-chunk.ts"

export const noCounts: ImportCounts = {
  rows: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  merged: 0,
  skipped: 0,
  refused: 0,
  duplicates: 0,
}
/** Counts with those of a further chunk. */
export function countPlan(counts: ImportCounts, plan: ChunkPlan): ImportCounts {
  const next = { ...counts }
  for (const { outcome, twin } of plan.rows) {
    next.rows++
    next[outcome]++
    if (twin) next.duplicates++
  }
  return next
}
