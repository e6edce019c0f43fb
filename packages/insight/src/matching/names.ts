import type { Comparison, Level } from "./model.ts"
import { areNicknames } from "./nicknames.ts"
import { isWithinEdits, jaroWinkler } from "./string-distance.ts"
import { plain, wordsOf } from "./text.ts"

export interface NameFields {
  givenName?: string | null
  familyName?: string | null
  /** The whole name, used where its parts are not known: "Anna Maria Schmidt" or "Schmidt, Anna Maria". */
  name?: string | null
}
interface NamePart {
  words: readonly string[]
  joined: string
  /** In one spelling: "Müller", "Mueller" and "Muller" are one. */
  spelled: string
}
/** Both parts, because each comparison has to see whether they changed places. */
export interface PersonName {
  given?: NamePart
  family?: NamePart
}

const titles = new Set(
  "mr mrs ms miss mx sir dr prof herr frau fraulein dipl ing mag don dona sr sra srta senor senora senorita jr".split(
    " ",
  ),
)

export function nameOf({ givenName, familyName, name }: NameFields): PersonName {
  if (givenName || familyName)
    return { given: partOf(wordsOf(givenName)), family: partOf(wordsOf(familyName)) }
  const comma = name?.indexOf(",") ?? -1
  if (name && comma > 0)
    return { given: partOf(wordsOf(name.slice(comma + 1))), family: partOf(wordsOf(name.slice(0, comma))) }
  // Where a second given name ends and a double surname begins, nobody knows: the levels "part" allow for either.
  const [first = [], ...rest] = withoutTitles(wordsOf(name)).map((word) => [word])
  return { given: partOf(first), family: partOf(rest.flat()) }
}

function withoutTitles(words: string[]): string[] {
  const rest = words.filter((word) => !titles.has(word))
  return rest.length > 0 ? rest : words
}

function partOf(all: string[]): NamePart | undefined {
  const words = withoutTitles(all)
  const joined = words.join("")
  return words.length > 0 ? { words, joined, spelled: plain(joined) } : undefined
}

const similarity = { similar: 0.92, close: 0.82 }

/** How alike two names are when neither meaning nor parts are considered: 0 the same, 1 a slip, 2 close, 3 not. */
function likeness(one: NamePart, other: NamePart): 0 | 1 | 2 | 3 {
  if (one.spelled === other.spelled) return 0
  if (Math.min(one.joined.length, other.joined.length) < 3) return 3
  if (isWithinEdits(one.joined, other.joined, 1)) return 1
  const alike = jaroWinkler(one.joined, other.joined)
  if (alike >= similarity.similar) return 1
  return alike >= similarity.close ? 2 : 3
}

/** Whether all words of the shorter name are in the longer one: "Garcia" in "Garcia Lopez". */
function isPart(one: NamePart, other: NamePart): boolean {
  if (one.words.length === other.words.length) return false
  const [fewer, more] = one.words.length < other.words.length ? [one, other] : [other, one]
  return fewer.words.every((word) => more.words.includes(word))
}

/** Whether given and family name changed places, a slip allowed. */
export function isSwapped(one: PersonName, other: PersonName): boolean {
  return (
    one.given !== undefined &&
    one.family !== undefined &&
    other.given !== undefined &&
    other.family !== undefined &&
    likeness(one.given, other.family) <= 1 &&
    likeness(one.family, other.given) <= 1
  )
}

const given: readonly Level[] = [
  { name: "same", m: 0.75, u: 0.005 },
  { name: "nickname", m: 0.05, u: 0.002 },
  { name: "similar", m: 0.08, u: 0.002 },
  { name: "close", m: 0.02, u: 0.01 },
  { name: "initial", m: 0.02, u: 0.002 },
  { name: "part", m: 0.03, u: 0.001 },
  { name: "swapped", m: 0.02, u: 0.00001 },
  { name: "different", m: 0.03, u: 0.97799 },
]

/** Given names: accents, titles, pet forms, initials, second names, slips, and surname and given name swapped. */
export function compareGivenNames<R>(
  name: string,
  read: (record: R) => NameFields,
): Comparison<R, PersonName> {
  return {
    name,
    levels: given,
    prepare: (record) => {
      const parts = nameOf(read(record))
      return parts.given && parts
    },
    compare: (one, other) => {
      if (!one.given || !other.given) return -1
      const [first = "", second = ""] = [one.given.words[0], other.given.words[0]]
      const alike = likeness(one.given, other.given)
      if (alike === 0) return 0
      if (first !== second && areNicknames(first, second)) return 1
      if (alike === 1) return 2
      if ((first.length === 1 || second.length === 1) && first[0] === second[0]) return 4
      if (isPart(one.given, other.given)) return 5
      if (isSwapped(one, other)) return 6
      return alike === 2 ? 3 : 7
    },
    terms: {
      of: (parts) => (parts.given ? [parts.given.spelled] : []),
      shared: (one) => one.given?.spelled,
    },
  }
}

const family: readonly Level[] = [
  { name: "same", m: 0.8, u: 0.002 },
  { name: "similar", m: 0.08, u: 0.001 },
  { name: "part", m: 0.04, u: 0.0005 },
  { name: "close", m: 0.03, u: 0.01 },
  { name: "different", m: 0.05, u: 0.9865 },
]

/** Family names. Says nothing where both parts are swapped: the given names have said it. */
export function compareFamilyNames<R>(
  name: string,
  read: (record: R) => NameFields,
): Comparison<R, PersonName> {
  return {
    name,
    levels: family,
    prepare: (record) => {
      const parts = nameOf(read(record))
      return parts.family && parts
    },
    compare: (one, other) => {
      if (!one.family || !other.family) return -1
      const alike = likeness(one.family, other.family)
      if (alike <= 1) return alike
      if (isPart(one.family, other.family)) return 2
      if (isSwapped(one, other)) return -1
      return alike === 2 ? 3 : 4
    },
    terms: {
      of: (parts) => (parts.family ? [parts.family.spelled] : []),
      shared: (one) => one.family?.spelled,
    },
  }
}
