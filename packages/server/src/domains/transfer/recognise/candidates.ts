import type { Detector } from "./detectors.ts"
import { EVIDENCE, FROM_VALUES_ALONE, SPECIFICITY } from "./evidence.ts"
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
// What the values must be themselves where only they speak, and what must not come again and again.
const NEEDS: Partial<Record<Meaning, Detector>> = { phone: "phone", photo: "image" }
const RARELY_TWICE: readonly Meaning[] = ["fullName", "givenName", "organisation", "street"]
const UNMISTAKABLE = new Set<Meaning>(["email", "website", "photo"])
// So far does agreement of the values close the gap between what the header says and certainty.
const AGREEMENT = 0.6

const OF_EITHER: readonly Meaning[] = [
  "owner",
  "lifecycleStage",
  "externalId",
  "description",
  "createdAt",
  "keyCustomer",
]

/** What the header says, moved by how the values agree with it. */
function scoreNamed(meaning: Meaning, header: number, profile: Profile): Candidate {
  const evidence = profile.count === 0 ? 0 : EVIDENCE[meaning](profile)
  const agreement = AGREEMENT * (SPECIFICITY[meaning] ?? 1)
  const score = evidence < 0 ? header * (1 + evidence) : header + (1 - header) * agreement * evidence
  return { meaning, score, reason: "header" }
}

/** What the values say where the header does not name the meaning; `named` is how sure the header is of another. */
function scoreUnnamed(
  meaning: Meaning,
  named: number,
  { profile, match }: ColumnState,
): Candidate | undefined {
  const alone = FROM_VALUES_ALONE[meaning]
  const needed = NEEDS[meaning]
  if (!alone || profile.count === 0 || (needed && profile.share(needed) < 0.5)) return undefined
  if (profile.count > 3 && profile.unique < 0.7 && RARELY_TWICE.includes(meaning)) return undefined
  // Long bare numbers may be anything's number.
  const isBare = meaning === "phone" && profile.share("bareNumber") > 0.8
  const evidence = EVIDENCE[meaning](profile) * (isBare ? 0.6 : 1)
  if (evidence < 0.4) return undefined
  const isSure = UNMISTAKABLE.has(meaning)
  const distrust = isSure ? 0 : Math.min(1, named / 0.6) * (UNKNOWN_HEADER - OTHER_HEADER)
  const trust = match.parsed.isBlank ? 1 : UNKNOWN_HEADER - distrust
  return {
    meaning,
    score: alone * evidence * trust * (isSure || profile.count >= FEW_VALUES ? 1 : 0.7),
    reason: "values",
  }
}

/** A column that says "Name" may be the company's in a table of companies, and a day's number in one of birthdays. */
function headerScores(match: HeaderMatch, entity: Entity): Map<Meaning, number> {
  const scores = new Map(match.scores)
  const raise = (meaning: Meaning, score: number) =>
    scores.set(meaning, Math.max(score, scores.get(meaning) ?? 0))
  const lower = (meanings: readonly Meaning[], factor: number) => {
    for (const meaning of meanings)
      if (scores.has(meaning)) scores.set(meaning, scores.get(meaning)! * factor)
  }
  if (entity === "companies" && !match.labels.isPerson && (scores.get("fullName") ?? 0) > 0.3) {
    raise("organisation", scores.get("fullName")! * 0.95)
    lower(["fullName", "givenName"], 0.5)
  }
  // A company's location is its address; only people belong to a branch of ours.
  if (entity === "companies") lower(["location"], 0.5)
  // The account's owner, status or number, beside the contact's own.
  if (entity === "people" && match.labels.isCompany && !match.labels.isPerson) lower(OF_EITHER, 0.8)
  // Consent to a fax is none to an e-mail, and we keep none for faxes.
  if (match.labels.label === "fax") lower(["optIn", "optOut"], 0)
  const birthday = scores.get("birthday") ?? 0
  if (birthday > 0.6) raise("birthDay", birthday * 0.8)
  return scores
}

/** Scores every meaning for one column from its header and its values. */
export function columnState(index: number, header: string, profile: Profile, entity: Entity): ColumnState {
  const state: ColumnState = { index, header, match: matchHeader(header), profile, candidates: [] }
  const headers = headerScores(state.match, entity)
  const named = [...headers].map(([meaning, score]) => scoreNamed(meaning, score, profile))
  // A name that the values refute is no reason to distrust what they say themselves.
  const surest = Math.max(0, ...named.map((candidate) => candidate.score))
  const unnamed = ALL_MEANINGS.filter((meaning) => !headers.has(meaning)).map((meaning) =>
    scoreUnnamed(meaning, surest, state),
  )
  state.candidates = [...named, ...unnamed].filter(
    (candidate) => candidate !== undefined && candidate.score > 0.1,
  ) as Candidate[]
  return sortCandidates(state)
}

function sortCandidates(state: ColumnState): ColumnState {
  state.candidates.sort((a, b) => b.score - a.score)
  return state
}

/** How sure the column is of a meaning, 0 when it is none of its candidates. */
export function scoreOf(state: ColumnState, meaning: Meaning): number {
  return state.candidates.find((candidate) => candidate.meaning === meaning)?.score ?? 0
}

/** Raises or lowers a meaning by an amount; a meaning that is not yet a candidate becomes one. */
export function adjust(
  state: ColumnState,
  meaning: Meaning,
  amount: number,
  reason: Reason = "neighbours",
): void {
  const known = state.candidates.find((candidate) => candidate.meaning === meaning)
  if (known) known.score = Math.min(0.97, Math.max(0, known.score + amount))
  else if (amount > 0) state.candidates.push({ meaning, score: amount, reason })
  sortCandidates(state)
}
