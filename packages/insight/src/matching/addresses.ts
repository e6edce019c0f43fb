import type { Comparison } from "./model.ts"
import { isWithinEdits, jaroWinkler } from "./string-distance.ts"
import { plain, skeleton, wordsOf } from "./text.ts"

export interface AddressFields {
  /** Street and number, in either order, with whatever else stands on the line. */
  street?: string | null
  city?: string | null
  postalCode?: string | null
}
interface Street {
  /** What holds a digit: house number, flat. */
  numbers: string
  words: readonly string[]
  joined: string
}

/** Words that nearly every street has, in English, German and Spanish. */
const kinds = new Set(
  "street st road rd avenue av ave lane ln drive dr court ct place pl close crescent cres circuit cct boulevard blvd way terrace tce square sq parade pde strasse str weg platz allee gasse ring ufer damm chaussee calle c cl avenida avda paseo plaza pza carrer ronda camino via carretera ctra no nr num flat unit apt piso planta izq dcha".split(
    " ",
  ),
)

/** Street and house number. Of several addresses, the most alike two count. */
export function compareStreets<R>(
  name: string,
  read: (record: R) => readonly AddressFields[] | undefined,
): Comparison<R, Street[]> {
  return {
    name,
    levels: [
      { name: "same", m: 0.55, u: 0.0001 },
      { name: "similar", m: 0.15, u: 0.0001 },
      { name: "sameStreet", m: 0.05, u: 0.0005 },
      { name: "otherNumber", m: 0.05, u: 0.003 },
      { name: "different", m: 0.2, u: 0.9963 },
    ],
    prepare: (record) => listed((read(record) ?? []).flatMap(({ street }) => streetOf(street) ?? [])),
    compare: (ones, others) => best(ones, others, streetLevel),
    terms: {
      of: (streets) => streets.map(place),
      shared: (ones, others) => ones.map(place).find((one) => others.some((other) => place(other) === one)),
    },
  }
}
function place(street: Street): string {
  return `${street.joined} ${street.numbers}`
}

/** A street line taken apart; `undefined` where it names no street. */
export function streetOf(line: string | null | undefined): Street | undefined {
  // "Hauptstraße" and "Hauptstr." are one.
  const all = wordsOf(line).map((word) => plain(word).replace(/(?<=..)str(asse)?$/, ""))
  const words = all.filter((word) => !/\d/.test(word) && !kinds.has(word)).sort()
  const numbers = all.filter((word) => /\d/.test(word)).join(" ")
  return words.length > 0 ? { numbers, words, joined: words.join(" ") } : undefined
}

function streetLevel(one: Street, other: Street): number {
  const isSame = one.joined === other.joined
  if (!isSame && overlap(one.words, other.words) < 0.6) return 4
  if (one.numbers === "" || other.numbers === "") return 2
  if (one.numbers !== other.numbers) return 3
  return isSame ? 0 : 1
}

/** How much of the letters of the shorter line reappear in the other, a slip a word allowed; 0 to 1. */
function overlap(one: readonly string[], other: readonly string[]): number {
  const [fewer, more] = one.length <= other.length ? [one, other] : [other, one]
  let letters = 0
  let found = 0
  for (const word of fewer) {
    letters += word.length
    if (more.some((candidate) => isLikeWord(word, candidate))) found += word.length
  }
  return found / letters
}
function isLikeWord(one: string, other: string): boolean {
  if (one === other) return true
  return (
    one.length > 3 && other.length > 3 && (isWithinEdits(one, other, 1) || jaroWinkler(one, other) >= 0.92)
  )
}

export function comparePostalCodes<R>(
  name: string,
  read: (record: R) => readonly AddressFields[] | undefined,
): Comparison<R, string[]> {
  return {
    name,
    levels: [
      { name: "same", m: 0.75, u: 0.01 },
      { name: "similar", m: 0.08, u: 0.01 },
      { name: "different", m: 0.17, u: 0.98 },
    ],
    prepare: (record) =>
      listed((read(record) ?? []).flatMap(({ postalCode }) => wordsOf(postalCode).join("") || [])),
    compare: (ones, others) => best(ones, others, codeLevel),
    terms: { of: (codes) => codes, shared: (ones, others) => ones.find((one) => others.includes(one)) },
  }
}
function codeLevel(one: string, other: string): number {
  if (one === other) return 0
  return isWithinEdits(one, other, 1) ? 1 : 2
}

interface Town {
  city: string
  code: string
}

/** Towns. Says nothing where the postal codes are the same: they have said it, and more exactly. */
export function compareCities<R>(
  name: string,
  read: (record: R) => readonly AddressFields[] | undefined,
): Comparison<R, Town[]> {
  return {
    name,
    levels: [
      { name: "same", m: 0.75, u: 0.03 },
      { name: "similar", m: 0.07, u: 0.003 },
      { name: "different", m: 0.18, u: 0.967 },
    ],
    prepare: (record) =>
      listed(
        (read(record) ?? []).flatMap(({ city, postalCode }) => {
          const joined = wordsOf(city).map(plain).join("")
          return joined ? { city: joined, code: wordsOf(postalCode).join("") } : []
        }),
      ),
    compare: (ones, others) =>
      ones.some(({ code }) => code !== "" && others.some((other) => other.code === code))
        ? -1
        : best(ones, others, cityLevel),
    terms: {
      of: (towns) => towns.map(({ city }) => city),
      shared: (ones, others) => ones.find((one) => others.some(({ city }) => city === one.city))?.city,
    },
  }
}
function cityLevel({ city: one }: Town, { city: other }: Town): number {
  if (one === other) return 0
  const isSimilar = isWithinEdits(one, other, 1) || (one.length > 3 && jaroWinkler(one, other) >= 0.9)
  return isSimilar ? 1 : 2
}

function listed<T>(values: T[]): T[] | undefined {
  return values.length > 0 ? values : undefined
}
function best<T>(ones: readonly T[], others: readonly T[], level: (one: T, other: T) => number): number {
  let lowest = Number.POSITIVE_INFINITY
  for (const one of ones) for (const other of others) lowest = Math.min(lowest, level(one, other))
  return lowest
}

/** Town and postal code, folded, as far as known: for blocking. */
export function placesOf({ city, postalCode }: AddressFields): string[] {
  return [wordsOf(city).map(plain).join(""), wordsOf(postalCode).join("")].filter((text) => text !== "")
}

/** A word of the street with the house number and the place, for blocking; any one word may have a slip. */
export function houseKeys({ addresses = [] }: { addresses?: readonly AddressFields[] }): string[] {
  return addresses.flatMap((address) => {
    const street = streetOf(address.street)
    if (!street?.numbers) return []
    const words = street.words.map((word) => `${skeleton(word)} ${street.numbers}`)
    return placesOf(address).flatMap((place) => words.map((word) => `${word} ${place}`))
  })
}
