import { type HeaderToken, type ParsedHeader, parseHeader } from "./header.ts"
import type { Meaning } from "./meanings.ts"
import { isOwnWord, namesAnything, type Phrase, phrasesWith, weightOf } from "./vocabulary.ts"

/** What a header says besides its meaning. */
interface HeaderLabels {
  /** "work", "home", "mobile", "fax", "other". */
  label?: string
  /** Which of several addresses: "billing", "shipping", "mailing", "work", "home", "other". */
  address?: string
  isCompany: boolean
  isPerson: boolean
}

export interface HeaderMatch {
  parsed: ParsedHeader
  /** How well the header names each meaning, 0 to 1; meanings it does not name are missing. */
  scores: ReadonlyMap<Meaning, number>
  labels: HeaderLabels
}

const QUALIFIERS = new Set(
  "work home mobile fax other main billing shipping mailing hq customer contact company person lead account member object client private".split(
    " ",
  ),
)
const QUALIFIER_COST = 0.1
const UNKNOWN_COST = 0.55
const KNOWN_COST = 1.2

// "Address" beside a part of an address only says that it is one.
const ADDRESS_PARTS = new Set<Meaning>([
  "street",
  "houseNumber",
  "street2",
  "city",
  "region",
  "postalCode",
  "country",
])

// A company's name or title is no person's.
const OF_PEOPLE = new Set<Meaning>([
  "fullName",
  "givenName",
  "familyName",
  "middleName",
  "salutation",
  "birthday",
  "jobTitle",
])
const COMPANY_WORDS = ["company", "account"]

function restCost(token: HeaderToken, meaning: Meaning): number {
  if (/^\d+$/.test(token.text)) return QUALIFIER_COST / 2
  const words = [...token.candidates.keys()]
  if (words.some((word) => isOwnWord(meaning, word) || (word === "address" && ADDRESS_PARTS.has(meaning))))
    return QUALIFIER_COST / 2
  if (OF_PEOPLE.has(meaning) && COMPANY_WORDS.some((word) => token.candidates.has(word))) return KNOWN_COST
  if (words.some((word) => QUALIFIERS.has(word))) return QUALIFIER_COST
  if (token.text === "id") return KNOWN_COST
  if (!words.some(namesAnything)) return UNKNOWN_COST
  return KNOWN_COST * Math.max(0.5, Math.min(...words.map(weightOf)))
}

/** How well one phrase fits: how much of it is there, and how much of the header it leaves unexplained. */
function phraseScore(phrase: Phrase, tokens: readonly HeaderToken[]): number {
  const free = new Set(tokens)
  let [found, wanted, used] = [0, 0, 0]
  for (const word of phrase.words) {
    const weight = weightOf(word)
    wanted += weight
    let best: { token: HeaderToken; score: number } | undefined
    for (const token of free) {
      const score = token.candidates.get(word) ?? 0
      if (score > (best?.score ?? 0)) best = { token, score }
    }
    if (!best) continue
    free.delete(best.token)
    found += weight * best.score
    used += weight
  }
  if (used === 0) return 0
  let rest = 0
  for (const token of free) rest += restCost(token, phrase.meaning)
  return phrase.strength * (found / wanted) ** 2 * (used / (used + rest))
}

function labelsOf(tokens: readonly HeaderToken[]): HeaderLabels {
  const words = new Set(
    tokens.flatMap((token) =>
      [...token.candidates].filter(([, score]) => score >= 0.7).map(([word]) => word),
    ),
  )
  const first = (...names: string[]) => names.find((name) => words.has(name))
  const labels: HeaderLabels = {
    isCompany: words.has("company") || words.has("account"),
    isPerson: words.has("contact") || words.has("person"),
  }
  const label =
    first("mobile", "fax", "home", "work", "other") ?? (words.has("whatsapp") ? "mobile" : undefined)
  if (label) labels.label = label
  const address =
    first("billing", "shipping", "home", "work", "other", "hq", "mailing") ??
    (labels.isCompany ? "work" : undefined)
  if (address) labels.address = address === "hq" ? "work" : address
  return labels
}

const cache = new Map<string, HeaderMatch>()

/** Compares a header with every name of every meaning. */
export function matchHeader(header: string): HeaderMatch {
  const known = cache.get(header)
  if (known) return known
  const parsed = parseHeader(header)
  const scores = new Map<Meaning, number>()
  const words = parsed.tokens.flatMap((token) => [...token.candidates.keys()])
  for (const phrase of new Set(words.flatMap(phrasesWith))) {
    const score = phraseScore(phrase, parsed.tokens)
    if (score > 0.2 && score > (scores.get(phrase.meaning) ?? 0)) scores.set(phrase.meaning, score)
  }
  const match = { parsed, scores, labels: labelsOf(parsed.tokens) }
  if (cache.size > 2000) cache.clear()
  cache.set(header, match)
  return match
}
