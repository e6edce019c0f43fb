import { fold } from "@regulars/contract/kernel/fold.ts"

/** One spelling of what was typed, in the forms it is looked up by. */
export interface Query {
  /** Folded, as texts are stored. */
  text: string
  /** Patterns a text must match; none when what was typed is too short to look inside texts for. */
  patterns: string[]
}
/** Shortest word the index of texts can find inside them. */
const shortest = 3
const mostPatterns = 3

/** What was typed, first as it is, then as others would spell it: Müller, Mueller. None for blanks alone. */
export function readQuery(typed: string): Query[] {
  const text = fold(typed)
  if (text === "") return []
  const spelledOut = fold(typed.normalize("NFC").replace(/[äöü]/gi, (letter) => `${letter}e`))
  const contracted = text.replace(/([ao])e|(?<!q)(u)e/g, "$1$2")
  return [...new Set([text, spelledOut, contracted])].map((spelling) => ({
    text: spelling,
    patterns: patternsOf(spelling),
  }))
}
function patternsOf(text: string): string[] {
  if (/^[+\d][\d\s()/.-]*$/.test(text)) {
    // Numbers are stored with their country's prefix, and typed with or without, in groups of any kind.
    const digits = text.replace(/\D/g, "").replace(/^0+/, "")
    if (digits.length >= shortest) return [`%${digits}%`]
  }
  const words = [...new Set(text.split(" "))].filter((word) => word.length >= shortest)
  const longest = words.sort((one, other) => other.length - one.length).slice(0, mostPatterns)
  return longest.map((word) => `%${escapeLike(word)}%`)
}
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`)
}

/** How well something fits; higher is better. Texts get 4 to 2 from the index, typing errors 1 at most. */
export const ranks = { exact: 7, beginsName: 6, beginsWord: 5, beginsContact: 4.5 } as const
/** What another spelling costs. */
export const otherSpelling = 0.25

/** The title with `[[` and `]]` around the words of what was typed, in any spelling; words' beginnings win. */
export function highlight(title: string, spellings: readonly string[]): string {
  const { folded, places } = foldWithPlaces(title)
  const marked = new Set<number>()
  for (const word of new Set(spellings.flatMap((text) => text.split(" ")).filter(Boolean))) {
    const start = occurrence(folded, word)
    for (let at = start; start >= 0 && at < start + word.length; at++) marked.add(places[at] as number)
  }
  let result = ""
  let isOpen = false
  for (const [place, character] of charactersOf(title).entries()) {
    if (marked.has(place) !== isOpen) result += isOpen ? "]]" : "[["
    isOpen = marked.has(place)
    result += character
  }
  return isOpen ? `${result}]]` : result
}
function occurrence(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] as string)) return at
  return text.indexOf(word)
}
/** Characters as people see them: a letter and the accent that follows it are one. */
function charactersOf(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment)
}
const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" })

/** Folded text with the place in the original, in characters, of each of its units. */
function foldWithPlaces(text: string): { folded: string; places: number[] } {
  let folded = ""
  const places: number[] = []
  for (const [place, character] of charactersOf(text).entries()) {
    const own = /\s/.test(character) ? " " : fold(character)
    folded += own
    for (let unit = 0; unit < own.length; unit++) places.push(place)
  }
  return { folded, places }
}
