import type { Prepared } from "@regulars/insight/matching/model.ts"
import type { Context } from "../../kernel/context.ts"
import { loadComparables, loadPrepared, takingTurns } from "./comparables.ts"
import { type FoundPair, savePairs } from "./duplicates.queries.ts"
import { candidatesOf, outdatedAmong, saveKeys } from "./scan.queries.ts"
import type { Scorer, Subject } from "./subjects.ts"

/** At even odds by the model's own account; what is less likely is nobody's work. */
const likely = 0.5

/** Writes the keys of those of the records whose keys are not of today; returns which these were, in the order of ids. */
export async function refreshKeys(
  ctx: Context,
  subject: Subject,
  among: readonly string[],
): Promise<string[]> {
  const ids = await outdatedAmong(ctx, subject.entity, among)
  const rest = takingTurns()
  const rows = []
  for (const record of await loadComparables(ctx, subject, ids)) {
    rows.push({
      id: record.id,
      version: record.version,
      keys: subject.keysOf(ctx.workspaceId, record),
    })
    await rest()
  }
  saveKeys(ctx, subject.entity, rows)
  return ids
}

interface Comparison {
  scorer: Scorer
  /** `higher`: with records of higher ids only, as slices of everything do; `any`: with all. */
  others: "higher" | "any"
  /** Told after each page, with the last id of it. */
  onPage?: (id: string) => Promise<void>
}
/**
 * Compares the records of a slice with all that share a key with them, and keeps the likely twins. The slice is held
 * in memory, the others stream by.
 */
export async function compareSlice(
  ctx: Context,
  subject: Subject,
  ids: readonly string[],
  { scorer, others, onPage }: Comparison,
): Promise<void> {
  const ones = await loadPrepared(ctx, subject, ids)
  const rest = takingTurns()
  for await (const candidates of candidatesOf(ctx, subject, ids, others)) {
    const prepared = await loadPrepared(
      ctx,
      subject,
      candidates.map(({ id }) => id),
    )
    const found: FoundPair[] = []
    for (const { id, ones: places } of candidates) {
      const other = prepared.get(id)
      if (!other) continue
      for (const place of places) {
        const oneId = ids[place - 1] as string
        const one = ones.get(oneId)
        if (one) found.push(...compared(scorer, [oneId, one], [id, other]))
        await rest()
      }
    }
    savePairs(ctx, subject.entity, unique(found))
    await onPage?.(candidates.at(-1)?.id as string)
  }
}

type Side = readonly [id: string, prepared: Prepared]
function compared(scorer: Scorer, one: Side, other: Side): FoundPair[] {
  if (scorer.probability(one[1], other[1]) < likely) return []
  const [[oneId, low], [otherId, high]] = one[0] < other[0] ? [one, other] : [other, one]
  const { probability, reasons } = scorer.score(low, high)
  return [{ oneId, otherId, probability, reasons }]
}
/** Two changed records meet twice, once from either side. */
function unique(pairs: readonly FoundPair[]): FoundPair[] {
  return [...new Map(pairs.map((pair) => [pair.oneId + pair.otherId, pair])).values()]
}
