import { ALL_MEANINGS, type Meaning } from "./meanings.ts"
import { german } from "./synonyms/de.ts"
import { english } from "./synonyms/en.ts"
import { spanish } from "./synonyms/es.ts"
import { wordsOf } from "./words-of.ts"

/** One name of a meaning, as the words of the vocabulary it is made of. */
export interface Phrase {
  meaning: Meaning
  words: readonly string[]
  /** 1, or less where the name fits other meanings as well. */
  strength: number
}

const LANGUAGES = [english, german, spanish]
const WEAK = 0.62
// Words that say which of several a column is, and never what it is.
const ONLY_LABELS = new Set(["work", "home", "other", "main", "billing", "shipping"])
// Short words which may still be a part of a compound, and the letters that join German ones.
const INNER_NOISE = new Set(["of", "de"])
const SHORT_PARTS = new Set(["nr", "id", "no", "kd", "ma", ...INNER_NOISE])
const LINKS = ["", "s", "n", "en", "e", "es"]

const wordSet = (list: (language: (typeof LANGUAGES)[number]) => string) =>
  new Set(LANGUAGES.flatMap((language) => wordsOf(list(language))))

const noise = wordSet((language) => language.noise)
const unhelpful = wordSet((language) => language.unhelpful)
const labelWords = wordSet((language) => language.labelWords)
const aliases = buildAliases()
const phrases = buildPhrases()
const vocabulary = buildVocabulary()
const weights = buildWeights()

function buildAliases(): Map<string, string[]> {
  const map = new Map<string, string[]>()
  for (const language of LANGUAGES) {
    for (const [canonical, variants] of Object.entries(language.aliases)) {
      for (const variant of [canonical, ...wordsOf(variants)]) {
        const known = map.get(variant) ?? []
        if (!known.includes(canonical)) map.set(variant, [...known, canonical])
      }
    }
  }
  return map
}

function buildPhrases(): Phrase[] {
  const best = new Map<string, Phrase>()
  for (const language of LANGUAGES) {
    for (const meaning of ALL_MEANINGS) {
      for (const entry of (language.meanings[meaning] ?? "").split(",")) {
        const text = entry.trim()
        const words = wordsOf(text)
          .filter((word) => !noise.has(word))
          .flatMap((word) => (aliases.has(word) ? [word] : (segmentFrom(word, 0, 0, aliases) ?? [word])))
          .filter((word) => !noise.has(word))
          .map((word) => aliases.get(word)?.[0] ?? word)
        const phrase = { meaning, words, strength: text.startsWith("~") ? WEAK : 1 }
        const key = `${meaning} ${[...words].sort().join(" ")}`
        if (words.every((word) => ONLY_LABELS.has(word))) continue
        if ((best.get(key)?.strength ?? 0) < phrase.strength) best.set(key, phrase)
      }
    }
  }
  return [...best.values()]
}

/** Every word that can be met, with the canonical words it stands for. */
function buildVocabulary(): Map<string, string[]> {
  const words = new Map(aliases)
  for (const phrase of phrases) for (const word of phrase.words) if (!words.has(word)) words.set(word, [word])
  return words
}

/** Words that occur under many meanings ("date", "number") say less than those that occur under one. */
function buildWeights(): Map<string, number> {
  const uses = new Map<string, Set<Meaning>>()
  for (const { words, meaning } of phrases)
    for (const word of words) uses.set(word, (uses.get(word) ?? new Set()).add(meaning))
  return new Map([...uses].map(([word, meanings]) => [word, Math.max(0.35, 1 / Math.sqrt(meanings.size))]))
}

const phrasesByWord = new Map<string, Phrase[]>()
for (const phrase of phrases)
  for (const word of new Set(phrase.words))
    phrasesByWord.set(word, [...(phrasesByWord.get(word) ?? []), phrase])

/** The names that contain a canonical word. */
export const phrasesWith = (word: string): readonly Phrase[] => phrasesByWord.get(word) ?? []

/** The words that alone already name a meaning, so that "City/Town/Village" is no worse than "City". */
const ownWords = new Map<Meaning, Set<string>>()
for (const { words, meaning } of phrases) {
  if (words.length === 1) ownWords.set(meaning, (ownWords.get(meaning) ?? new Set()).add(words[0]!))
}

const allOwnWords = new Set([...ownWords.values()].flatMap((words) => [...words]))

export const isOwnWord = (meaning: Meaning, word: string): boolean =>
  ownWords.get(meaning)?.has(word) ?? false
/** Whether a word alone names any meaning; others only colour the words beside them. */
export const namesAnything = (word: string): boolean => allOwnWords.has(word)
export const weightOf = (word: string): number => weights.get(word) ?? 0.8
export const isNoise = (word: string): boolean => noise.has(word)
export const isUnhelpful = (word: string): boolean => unhelpful.has(word) || noise.has(word)
export const isLabelWord = (word: string): boolean => labelWords.has(word)

/** The canonical words a word stands for; none when the vocabulary does not have it, in the plural neither. */
export function aliasesOf(word: string): readonly string[] {
  const exact = vocabulary.get(word)
  if (exact) return exact
  const singular = /^(.{3,})s$/.exec(word)?.[1]
  return (singular ? vocabulary.get(singular) : undefined) ?? []
}

function segmentFrom(
  word: string,
  start: number,
  depth: number,
  known: ReadonlyMap<string, unknown>,
): string[] | undefined {
  if (start === word.length) return []
  if (depth === 4) return undefined
  for (let end = word.length; end > start; end--) {
    const part = word.slice(start, end)
    if (part.length < 3 && !SHORT_PARTS.has(part)) continue
    const isInner = start > 0 && end < word.length && INNER_NOISE.has(part)
    if (!known.has(part) && !isInner) continue
    for (const link of end === word.length ? [""] : LINKS) {
      if (!word.startsWith(link, end) || (link !== "" && end + link.length === word.length)) continue
      const rest = segmentFrom(word, end + link.length, depth + 1, known)
      if (rest) return [part, ...rest]
    }
  }
  return undefined
}

/**
 * Takes a compound apart: "rechnungsstrasse", "billingpostalcode". Where only its beginning or its end is a word
 * of the vocabulary ("heizungsart"), the rest stays as an unknown word. Undefined when nothing is found.
 */
export function segmentWord(word: string): string[] | undefined {
  if (word.length < 4) return undefined
  const whole = segmentFrom(word, 0, 0, vocabulary)
  if (whole && whole.length > 1) return whole
  for (let size = word.length - 3; size >= 4; size--) {
    const head = word.slice(word.length - size)
    if (vocabulary.has(head)) return [word.slice(0, word.length - size), head]
  }
  for (let size = word.length - 3; size >= 6; size--) {
    const first = word.slice(0, size)
    if (vocabulary.has(first)) return [first, word.slice(size)]
  }
  return undefined
}

/** Edits (insert, delete, replace, swap neighbours) between two words, or a number above the limit. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let [before, previous]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, before[j - 2]! + 1)
      current.push(best)
    }
    ;[before, previous] = [previous, current]
  }
  return previous[b.length]!
}

/** Whether the letters of `short` occur in `long` in this order, beginning with the same letter. */
function isSkeleton(short: string, long: string): boolean {
  if (short[0] !== long[0] || short.length >= long.length) return false
  let at = 0
  for (const letter of long) if (letter === short[at]) at++
  return at === short.length
}

function similarity(word: string, known: string): number {
  const limit = word.length < 5 ? 0 : word.length < 8 ? 1 : 2
  const distance = editDistance(word, known, limit)
  if (distance <= limit && known.length > 3) return 1 - 0.1 * distance
  if (word.length >= 3 && known.startsWith(word)) return 0.55 + (0.4 * word.length) / known.length
  const vowels = word.replace(/[^aeiou]/g, "").length
  if (word.length >= 3 && vowels <= 1 && known.length >= 4 && isSkeleton(word, known))
    return 0.5 + (0.3 * word.length) / known.length
  return 0
}

const similarities = new Map<string, ReadonlyMap<string, number>>()

/** The canonical words a misspelt or abbreviated word may stand for ("adress", "postleitz", "ctry"). */
export function vocabularyMatches(word: string): ReadonlyMap<string, number> {
  const cached = similarities.get(word)
  if (cached) return cached
  const found = new Map<string, number>()
  for (const [known, canonicals] of vocabulary) {
    const score = similarity(word, known)
    if (score > 0)
      for (const canonical of canonicals) found.set(canonical, Math.max(found.get(canonical) ?? 0, score))
  }
  const best = Math.max(0, ...found.values())
  const kept = new Map([...found].filter(([, score]) => score > best - 0.15))
  if (similarities.size > 5000) similarities.clear()
  similarities.set(word, kept)
  return kept
}
