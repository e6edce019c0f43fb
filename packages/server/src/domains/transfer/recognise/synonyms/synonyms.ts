import type { Meaning } from "../meanings.ts"

/**
 * The words of one language. All lists are read through the same folding and splitting as headers, so case,
 * accents, hyphens and plurals need no entry of their own, and word order does not matter.
 */
export interface Synonyms {
  /** Names of columns by meaning, separated by commas. "~" marks a name that fits other meanings as well. */
  meanings: Partial<Record<Meaning, string>>
  /** One word for all spellings and translations of a word, so that phrases need to be listed only once. */
  aliases: Record<string, string>
  /** Words in headers that say nothing about the meaning. */
  noise: string
  /** Words of which generated headers are made ("Column 1"). */
  unhelpful: string
  /** Words for the column that says what kind of number or address its neighbour holds. */
  labelWords: string
}
