import { EVIDENCE, FROM_VALUES_ALONE } from "./evidence.ts"
import { type HeaderMatch, matchHeader } from "./header-match.ts"
import { ALL_MEANINGS, type Meaning } from "./meanings.ts"
import type { Profile } from "./profile.ts"
import type { Entity } from "./targets.ts"

/** Why a column was mapped as it was; what a person is told beside the suggestion. */
export type Reason = "source" | "header" | "values" | "neighbours" | "technical" | "unknown" | "taken"

export interface Candidate {
  meaning: Meaning
  score: number
  reason: Reason
}

/** A column while it is being recognised: what is known about it and what it may be, best first. */
export interface ColumnState {
  index: number
  header: string
  match: HeaderMatch
  profile: Profile
  candidates: Candidate[]
}

// What the values alone suggest counts less where the header has words, and least where it names something else.
const UNKNOWN_HEADER = 0.75
const OTHER_HEADER = 0.55
// Two or three values may fall into a pattern by chance.
const FEW_VALUES = 3
const UNMISTAKABLE = new Set<Meaning>(["email", "website", "photo"])
// So far does agreement of the values close the gap between what the header says and certainty.
const AGREEMENT = 0.6

const OF_EITHER: readonly Meaning[] = ["owner", "lifecycleStage", "externalId", "description", "createdAt", "keyCustomer"]

function combine(header: number, evidence: number): number {
  if (evidence < 0) return header * (1 + evidence)
  return header + (1 - header) * AGREEMENT * evidence
}

function scoreMeaning(meaning: Meaning, header: number, state: Omit<ColumnState, "candidates">): Candidate | undefined {
  const { profile, match } = state
  const evidence = profile.count === 0 ? 0 : EVIDENCE[meaning](profile)
  if (header > 0) return { meaning, score: combine(header, evidence), reason: "header" }
  const alone = FROM_VALUES_ALONE[meaning]
  if (!alone || evidence < 0.4) return undefined
  const isSure = UNMISTAKABLE.has(meaning)
  const named = Math.max(0, ...match.scores.values())
  const trust = match.parsed.isBlank ? 1 : isSure || named < 0.6 ? UNKNOWN_HEADER : OTHER_HEADER
  return { meaning, score: alone * evidence * trust * (isSure || profile.count >= FEW_VALUES ? 1 : 0.7), reason: "values" }
}

/** A column that says "Name" may be the company's in a table of companies, and a day's number in one of birthdays. */
function headerScores(match: HeaderMatch, entity: Entity): Map<Meaning, number> {
  const scores = new Map(match.scores)
  const raise = (meaning: Meaning, score: number) => scores.set(meaning, Math.max(score, scores.get(meaning) ?? 0))
  if (entity === "companies") {
    const names = (scores.get("fullName") ?? 0) * (match.labels.isPerson ? 0.3 : 0.95)
    if (names > 0.3) raise("organisation", names)
  }
  if (entity === "people" && match.labels.isCompany && !match.labels.isPerson) {
    // The account's owner, status or number, beside the contact's own.
    for (const meaning of OF_EITHER) if (scores.has(meaning)) scores.set(meaning, scores.get(meaning)! * 0.8)
  }
  const birthday = scores.get("birthday") ?? 0
  if (birthday > 0.6) raise("birthDay", birthday * 0.8)
  return scores
}

/** Scores every meaning for one column from its header and its values. */
export function columnState(index: number, header: string, profile: Profile, entity: Entity): ColumnState {
  const state: ColumnState = { index, header, match: matchHeader(header), profile, candidates: [] }
  const headers = headerScores(state.match, entity)
  for (const meaning of ALL_MEANINGS) {
    const candidate = scoreMeaning(meaning, headers.get(meaning) ?? 0, state)
    if (candidate && candidate.score > 0.1) state.candidates.push(candidate)
  }
  return sortCandidates(state)
}

export function sortCandidates(state: ColumnState): ColumnState {
  state.candidates.sort((a, b) => b.score - a.score)
  return state
}

/** How sure the column is of a meaning, 0 when it is none of its candidates. */
export function scoreOf(state: ColumnState, meaning: Meaning): number {
  return state.candidates.find((candidate) => candidate.meaning === meaning)?.score ?? 0
}

/** Raises or lowers a meaning by an amount; a meaning that is not yet a candidate becomes one. */
export function adjust(state: ColumnState, meaning: Meaning, amount: number, reason: Reason = "neighbours"): void {
  const known = state.candidates.find((candidate) => candidate.meaning === meaning)
  if (known) known.score = Math.min(0.97, Math.max(0, known.score + amount))
  else if (amount > 0) state.candidates.push({ meaning, score: amount, reason })
  sortCandidates(state)
}
