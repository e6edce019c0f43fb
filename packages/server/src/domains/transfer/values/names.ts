import { fold } from "./fold.ts"
import type { Reading } from "./reading.ts"
import { GIVEN_NAMES } from "./words/given-names.ts"

export interface NameParts {
  givenName: string
  familyName: string
}

const SALUTATIONS = new Set(
  "mr mrs ms miss mx sir madam dr prof rev herr frau hr fr fraulein familie doktor professor dipl ing med mag sr sra srta don dona d dna dra lic ing senor senora senorita sres".split(
    " ",
  ),
)
const SALUTATION_PHRASES = /^(?:dipl\.?|mag\.?|sr\.? d\.?|herr|frau|sehr geehrte[r]?)(?:[- ]|$)/
const PARTICLES = new Set(
  "von van vom zu zum zur de del della di da do dos das den der ter ten la las los le du al el bin ibn ben st san santa mc mac af av und y e i".split(
    " ",
  ),
)
const SUFFIXES = new Set("jr sr jun sen ii iii iv phd md mba bsc msc esq".split(" "))

const bare = (word: string) => fold(word).replace(/[.,]/g, "")

/** True for "Herr", "Mrs.", "Prof. Dr.", "Sra." and the like, also several together. */
export function isSalutation(text: string): boolean {
  const words = text
    .trim()
    .split(/[\s/.]+/)
    .filter((word) => word !== "")
  if (words.length === 0 || words.length > 4) return false
  return (
    words.every((word) => SALUTATIONS.has(bare(word))) ||
    (SALUTATION_PHRASES.test(fold(text)) && words.length <= 2 && /[.]/.test(text))
  )
}

/** Splits where the surname begins: after the first name and every further one that is known as a given name. */
function splitWords(words: string[]): NameParts | undefined {
  let at = 1
  while (at < words.length - 1 && (GIVEN_NAMES.has(bare(words[at]!)) || /^\p{L}\.?$/u.test(words[at]!))) {
    if (PARTICLES.has(bare(words[at]!))) break
    at++
  }
  // "María del Carmen Ruiz": the particle joins two given names.
  if (PARTICLES.has(bare(words[at]!)) && at + 1 < words.length - 1 && GIVEN_NAMES.has(bare(words[at + 1]!)))
    at += 2
  const family = words.slice(at)
  const isClear = family.length === 1 || PARTICLES.has(bare(family[0]!)) || GIVEN_NAMES.has(bare(words[0]!))
  return isClear ? { givenName: words.slice(0, at).join(" "), familyName: family.join(" ") } : undefined
}

/**
 * Suggests how a full name divides; meant to be shown, not to be trusted. Titles are taken off, "Surname, Given" is
 * understood, particles stay with the surname. A single word, two people in one cell ("Joan & Bill") or three and
 * more words without a known given name are `name_unclear`.
 */
export function readName(full: string): Reading<NameParts> {
  const unclear = { problem: "name_unclear" } as const
  const text = full.trim().replace(/\s+/g, " ")
  if (/[\d&+@/]|\b(?:und|and)\b/i.test(text)) return unclear
  const [before = "", after, ...more] = text.split(/\s*,\s*/)
  const words = (part: string) =>
    part.split(" ").filter((word) => word !== "" && !SALUTATIONS.has(bare(word)))
  if (after !== undefined && !SUFFIXES.has(bare(after))) {
    const [family, given] = [words(before), words(after)]
    if (more.length > 0 || family.length === 0 || given.length === 0) return unclear
    return { value: { givenName: given.join(" "), familyName: family.join(" ") } }
  }
  const parts = words(before).filter((word) => !SUFFIXES.has(bare(word)))
  const split = parts.length > 1 && parts.length < 7 ? splitWords(parts) : undefined
  return split ? { value: split } : unclear
}
