import type { Candidate, ColumnState, Reason } from "./candidates.ts"
import { EVIDENCE } from "./evidence.ts"
import { ALL_MEANINGS, MEANINGS, type Meaning, targetIdOf } from "./meanings.ts"
import type { SourceDefinition } from "./source-definitions.ts"
import { hintFor } from "./sources.ts"
import { definitionOf, type Entity, targetFrom } from "./targets.ts"

/** The place a column was given, before labels and groups are worked out. */
export interface Assignment {
  targetId: string
  meaning?: Meaning
  label?: string
  confidence: number
  reason: Reason
}

const FROM_SOURCE = 0.97
// A column whose best meaning went to another may take its next best only if that is nearly as good.
const SECOND_CHOICE = 0.75

/** The meaning whose values a target must have; none for preferences and ignored columns. */
function meaningOf(targetId: string, entity: Entity): Meaning | undefined {
  if (targetId === "preferences" || targetId === "ignore") return undefined
  return ALL_MEANINGS.find((meaning) => targetIdOf(meaning, entity) === targetId)
}

/** What the recognised product means by the header, unless the values contradict it. */
function assignFromSource(
  column: ColumnState,
  source: SourceDefinition,
  entity: Entity,
): Assignment | undefined {
  const hint = hintFor(source, column)
  if (!hint) return undefined
  const isKnown = definitionOf(targetFrom(hint.target))?.entities.includes(entity)
  const targetId = isKnown ? hint.target : "preferences"
  const meaning = meaningOf(targetId, entity)
  if (meaning && column.profile.count > 0 && EVIDENCE[meaning](column.profile) < -0.5) return undefined
  const assignment: Assignment = { targetId, confidence: FROM_SOURCE, reason: "source" }
  if (meaning) assignment.meaning = meaning
  if (hint.label) assignment.label = hint.label
  return assignment
}

const assignmentOf = (candidate: Candidate, entity: Entity): Assignment => ({
  targetId: targetIdOf(candidate.meaning, entity),
  meaning: candidate.meaning,
  confidence: candidate.score,
  reason: candidate.meaning === "technical" ? "technical" : candidate.reason,
})

/**
 * Gives every column its place. The surest column-meaning pair is settled first; a meaning that occurs once is then
 * taken, and the columns that also wanted it fall back to a meaning nearly as good, or stay unplaced as "taken".
 */
export function assignColumns(
  columns: readonly ColumnState[],
  entity: Entity,
  source: SourceDefinition | undefined,
): Map<number, Assignment> {
  const placed = new Map<number, Assignment>()
  const taken = new Set<string>()
  const claim = (column: ColumnState, assignment: Assignment) => {
    const { meaning, targetId } = assignment
    const isOnce = meaning ? MEANINGS[meaning].occurs === "once" && targetId !== "preferences" : false
    if (isOnce && taken.has(targetId)) return false
    if (isOnce) taken.add(targetId)
    placed.set(column.index, assignment)
    return true
  }
  for (const column of columns) {
    const fromSource = source && assignFromSource(column, source, entity)
    if (fromSource) claim(column, fromSource)
  }
  const pairs = columns.flatMap((column) => column.candidates.map((candidate) => ({ column, candidate })))
  pairs.sort((a, b) => b.candidate.score - a.candidate.score || a.column.index - b.column.index)
  for (const { column, candidate } of pairs) {
    const best = column.candidates[0]?.score ?? 0
    if (placed.has(column.index) || candidate.score < best * SECOND_CHOICE) continue
    claim(column, assignmentOf(candidate, entity))
  }
  for (const column of columns) {
    if (placed.has(column.index)) continue
    const reason = column.candidates.length > 0 ? "taken" : "unknown"
    placed.set(column.index, { targetId: "preferences", confidence: reason === "taken" ? 0.4 : 0.2, reason })
  }
  return placed
}
