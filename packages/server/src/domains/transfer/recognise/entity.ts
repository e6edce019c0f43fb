import { type ColumnState, scoreOf } from "./candidates.ts"
import type { HeaderMatch } from "./header-match.ts"
import type { Meaning } from "./meanings.ts"
import type { Entity } from "./targets.ts"

// What a column of this meaning says about whose table it is; positive for people. Found by weighing what occurs in
// one kind of table and hardly in the other.
const SPEAKS_FOR: Partial<Record<Meaning, number>> = {
  givenName: 3,
  familyName: 1,
  middleName: 1,
  salutation: 1,
  birthday: 1.5,
  jobTitle: 1,
  department: 0.7,
  email: 0.6,
  optIn: 0.6,
  optOut: 0.6,
  formOfAddress: 0.8,
  language: 0.3,
  channel: 0.5,
  organisationId: 1,
  industry: -1,
  size: -1.2,
  domain: -1.5,
  parent: -1.5,
  parentId: -1.2,
}

const isNamedPerson = (match: HeaderMatch) =>
  (match.scores.get("fullName") ?? 0) > 0.9 && !match.labels.isCompany

/** What the columns that may hold the name of the record say: names of people or of companies. */
function weighNames(columns: readonly ColumnState[]): number {
  let weight = 0
  // A full name that is called so, beside a company, is that of a person who works there.
  const hasPerson = columns.some(
    ({ match }) =>
      (match.scores.get("givenName") ?? 0) > 0.7 || (isNamedPerson(match) && match.parsed.tokens.length > 1),
  )
  for (const column of columns) {
    const { profile, match } = column
    const [full, organisation] = [match.scores.get("fullName") ?? 0, match.scores.get("organisation") ?? 0]
    const isName =
      Math.max(full, organisation) > 0.55 ||
      (match.parsed.isBlank && Math.max(scoreOf(column, "fullName"), scoreOf(column, "organisation")) > 0.4)
    if (!isName) continue
    if (full >= organisation && profile.count > 0)
      weight += 2.5 * (profile.share("personName") - 1.4 * profile.share("company"))
    else if (organisation > full) weight -= hasPerson ? 0 : 1.5
    if (isNamedPerson(match) && match.parsed.tokens.length > 1) weight += 0.7
  }
  return weight
}

/** Headers that speak of the company as the record itself: "Company owner", "Organization - Label". */
function weighPrefixes(columns: readonly ColumnState[]): number {
  const company = columns.filter(
    ({ match }) => match.labels.isCompany && match.parsed.tokens.length > 1,
  ).length
  const person = columns.filter(({ match }) => match.labels.isPerson && match.parsed.tokens.length > 1).length
  return 2 * ((person - company) / columns.length)
}

/** Whether a table is one of people or of companies, with a confidence from 0.5 to 1. */
export function recogniseEntity(columns: readonly ColumnState[]): { entity: Entity; confidence: number } {
  let weight = weighNames(columns) + weighPrefixes(columns)
  for (const column of columns) {
    const best = column.candidates[0]
    if (best && best.score > 0.5) weight += (SPEAKS_FOR[best.meaning] ?? 0) * best.score
  }
  return {
    entity: weight >= -0.3 ? "people" : "companies",
    confidence: 1 / (1 + Math.exp(-Math.abs(weight + 0.3))),
  }
}
