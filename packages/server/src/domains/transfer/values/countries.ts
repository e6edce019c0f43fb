import { fold } from "./fold.ts"
import type { Reading } from "./reading.ts"
import { COUNTRY_CODES, COUNTRY_VARIANTS } from "./words/country-codes.ts"

const LANGUAGES = ["en", "de", "es"]

/** Folded without dots, brackets and articles' punctuation, so that "U.S.A." and "USA" are one. */
const key = (text: string) =>
  fold(text.replace(/[.,()’'`-]/g, (mark) => (mark === "-" || mark === "," ? " " : "")))

function buildNames(): Map<string, string> {
  const names = new Map<string, string>()
  const add = (name: string | undefined, alpha2: string) =>
    name && !names.has(key(name)) && names.set(key(name), alpha2)
  for (const { alpha2, alpha3 } of COUNTRY_CODES) {
    add(alpha2, alpha2)
    add(alpha3, alpha2)
  }
  for (const [alpha2, variants] of Object.entries(COUNTRY_VARIANTS))
    for (const name of variants) add(name, alpha2)
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames(language, { type: "region" })
    for (const { alpha2 } of COUNTRY_CODES) add(display.of(alpha2), alpha2)
  }
  return names
}

const NAMES = buildNames()

/** Every text one letter away from a long country name that is close to no other one. */
function buildMisspellings(): Map<string, string> {
  const near = new Map<string, string>()
  for (const [name, alpha2] of NAMES) {
    if (name.length < 7) continue
    for (let at = 1; at <= name.length; at++) {
      const shorter = name.slice(0, at) + name.slice(at + 1)
      near.set(shorter, near.has(shorter) && near.get(shorter) !== alpha2 ? "" : alpha2)
    }
  }
  return near
}

let misspellings: Map<string, string> | undefined

function readMisspelt(name: string): string | undefined {
  misspellings ??= buildMisspellings()
  if (name.length < 6) return undefined
  const missing = misspellings.get(name)
  if (missing) return missing
  for (let at = 1; at <= name.length; at++) {
    const shorter = name.slice(0, at) + name.slice(at + 1)
    // A letter too many, or one wrong.
    const found = NAMES.get(shorter) ?? misspellings.get(shorter)
    if (found && shorter.length >= 6) return found
  }
  return undefined
}

/** The country a text names exactly: its name in English, German or Spanish, a common variant, or its code. */
export function knownCountry(text: string): string | undefined {
  return text.length > 60 ? undefined : NAMES.get(key(text))
}

/**
 * Reads a country into its ISO alpha-2 code. Long names may have one letter wrong, missing or too many, or two
 * swapped.
 */
export function readCountry(text: string): Reading<string> {
  const name = key(text)
  // "Germany (DE)" and "DE - Deutschland" say it twice.
  const value =
    knownCountry(text) ??
    knownCountry(text.replace(/\s*\(.*\)$|^[A-Z]{2} ?[-–] ?/g, "")) ??
    readMisspelt(name)
  return value ? { value } : { problem: "country_unknown" }
}
