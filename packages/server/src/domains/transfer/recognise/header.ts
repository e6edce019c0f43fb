import { aliasesOf, isNoise, isUnhelpful, segmentWord, vocabularyMatches } from "./vocabulary.ts"
import { wordsOf } from "./words-of.ts"

/** One word of a header and the words it may stand for, each with how sure that is (0 to 1). */
export interface HeaderToken {
  text: string
  candidates: ReadonlyMap<string, number>
}

export interface ParsedHeader {
  tokens: HeaderToken[]
  /** The number in "E-mail 2 - Value" or "Street 2"; undefined when there is none. */
  ordinal?: number
  /** True where the header says nothing ("Column 7", "", "F3"), so that only values can tell. */
  isBlank: boolean
}

function tokenOf(word: string): HeaderToken[] {
  if (/^\d+$/.test(word)) return [{ text: word, candidates: new Map([[word, 1]]) }]
  const exact = aliasesOf(word)
  if (exact.length > 0)
    return [
      { text: word, candidates: new Map(exact.map((canonical) => [canonical, exact.length > 1 ? 0.85 : 1])) },
    ]
  const parts = segmentWord(word)
  const near = vocabularyMatches(word)
  // "Nacname" is "Nachname" with a letter lost, rather than "nac" and "name".
  const isMisspelt = parts?.some((part) => part.length < 4) && Math.max(0, ...near.values()) >= 0.9
  if (parts && !isMisspelt)
    return parts
      .filter((part) => !isNoise(part))
      .flatMap((part) => (part === word ? [{ text: part, candidates: new Map() }] : tokenOf(part)))
  return [{ text: word, candidates: near }]
}

const cache = new Map<string, ParsedHeader>()

/** Reads a header into words of the vocabulary. */
export function parseHeader(header: string): ParsedHeader {
  const known = cache.get(header)
  if (known) return known
  const words = wordsOf(header)
  const isBlank = words.every((word) => /^\d+$/.test(word) || isUnhelpful(word))
  // A number inside ("Address 2 - Street") counts addresses; at an end ("Street 2") it belongs to the word.
  const telling = words.filter(
    (word, at) => !isNoise(word) && (!/^\d+$/.test(word) || at === 0 || at === words.length - 1),
  )
  const tokens = isBlank ? [] : telling.flatMap(tokenOf)
  const ordinal = words.map(Number).find((number) => Number.isInteger(number) && number > 0 && number < 100)
  const parsed: ParsedHeader = { tokens, isBlank }
  if (ordinal !== undefined) parsed.ordinal = ordinal
  if (cache.size > 2000) cache.clear()
  cache.set(header, parsed)
  return parsed
}
