import type { TwinDecision } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Values } from "../../kernel/records/columns.ts"
import type { StoredTwin } from "./imports.queries.ts"
import { type Candidate, type CandidatesByKey, keyText } from "./match.queries.ts"
import {
  type Facts,
  factsOf,
  judge,
  keysOf,
  type Likeness,
  type MatchKey,
  type MatchReason,
} from "./match-keys.ts"
import type { Draft } from "./rows/draft.ts"
import type { SeenRow, SeenRows } from "./seen-rows.ts"

/** A row as it is looked for. */
export interface Row {
  draft: Draft
  facts: Facts
  keys: MatchKey[]
  name: string
}
/** What rows are compared with; `T` is what is remembered of rows of the same chunk. */
export interface Known<T> {
  entity: EntityDeclaration
  candidates: CandidatesByKey
  /** Records this import has made or changed in earlier chunks. */
  touched: ReadonlySet<string>
  chunk: SeenRows<T>
  /** Rows of earlier chunks, where they can't be found in the database. */
  earlier?: SeenRows<never>
}
export interface Match<T> {
  reason: MatchReason
  likeness: Likeness
  /** The earlier row, or the record, that is like this one. */
  earlier?: SeenRow<T>
  candidate?: Candidate
}

/** `company` is the employer's name, folded. */
export function rowOf(draft: Draft, entity: EntityDeclaration, company: string): Row {
  const facts = factsOf(draft.values, company, draft.externalId, entity.title)
  return { draft, facts, keys: keysOf(entity, draft, facts), name: nameOf(draft.values, entity) }
}
function nameOf(values: Values, { title }: EntityDeclaration): string {
  const { [title]: name, givenName, familyName } = values
  const emails = values.emails as { address: string }[] | undefined
  const phones = values.phones as { raw?: string }[] | undefined
  const full = name ?? [givenName, familyName].filter(Boolean).join(" ")
  return String(full || (emails?.[0]?.address ?? phones?.[0]?.raw ?? "")).slice(0, 300)
}

/** The likeliest twin: sure before doubtful, the more telling key first, rows of this file before older records. */
export function bestMatch<T>(known: Known<T>, row: Row): Match<T> | undefined {
  let doubtful: Match<T> | undefined
  for (const key of row.keys) {
    for (const match of [rowMatch(known, row, key), recordMatch<T>(known, row, [key])]) {
      if (match?.likeness === "sure") return match
      doubtful ??= match
    }
  }
  return doubtful
}
function rowMatch<T>(known: Known<T>, row: Row, key: MatchKey): Match<T> | undefined {
  const earlier = known.chunk.find(key) ?? (known.earlier?.find(key) as SeenRow<T> | undefined)
  // A row that changed nothing left its record as it was: that is what this one is compared with.
  if (!earlier || earlier.outcome === "unchanged") return undefined
  const likeness = judge(known.entity.name, key, row.facts, earlier.facts)
  return likeness && { reason: key.reason, likeness, earlier }
}
/** The likeliest record under these keys; those this import has written itself come first. */
export function recordMatch<T>(
  { entity, candidates, touched }: Pick<Known<T>, "entity" | "candidates" | "touched">,
  { facts }: Pick<Row, "facts">,
  keys: readonly MatchKey[],
): Match<T> | undefined {
  let doubtful: Match<T> | undefined
  for (const key of keys) {
    const found = candidates.get(keyText(key)) ?? []
    const own = touched.size === 0 ? [] : found.filter(({ id }) => touched.has(id))
    for (const candidate of [...own, ...found]) {
      const likeness = judge(entity.name, key, facts, candidate.facts)
      if (likeness === "sure") return { reason: key.reason, likeness, candidate }
      if (likeness) doubtful ??= { reason: key.reason, likeness, candidate }
    }
  }
  return doubtful
}

export function twinOf<T>(
  row: Row,
  { reason, likeness, earlier, candidate }: Match<T>,
  action: TwinDecision,
): StoredTwin {
  return {
    line: row.draft.line,
    name: row.name,
    reason,
    candidate: {
      id: candidate?.id ?? null,
      line: earlier?.line || null,
      name: earlier?.name ?? candidate?.name ?? "",
    },
    decision: null,
    action,
    likeness,
  }
}
