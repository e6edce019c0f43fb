/**
 * The one rule that keeps text out of a spreadsheet's formula engine when it opens a CSV file.
 *
 * Writing: a text which, after any quotes and blanks, starts with = + - @ (or their full-width twins), or which
 * starts with a tab or line break, gets one apostrophe in front, so that it is shown as text. Left alone are plain
 * numbers ("-5") and phone numbers that can't be read as a sum: "+44 20 7946", "+1 (555) 123-4567". "+1-555-1234"
 * is guarded, since a spreadsheet would show -1788.
 *
 * Reading: one apostrophe is taken off where, and only where, writing would have put it. Apostrophes at the start
 * never change whether a text is guarded, so a text that really starts with '= gets a second one and loses just
 * that one again: unguard(guard(text)) is text, for every text.
 */
const RISKY = /^(?:['"\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|'*[\t\r\n])/u
const PLAIN_NUMBER = /^'* *(?:[+-] *)?\(?\d[\d .,()\u00a0\u202f]*%?$/u
/** The blank after the country code is no operator, so hyphens further on can't be minus signs. */
const PHONE_NUMBER = /^'*\+\d+ +\(?\d[\d ().-]*$/

function isRisky(text: string): boolean {
  return RISKY.test(text) && !PLAIN_NUMBER.test(text) && !PHONE_NUMBER.test(text)
}

/** Text as it goes into a CSV cell. */
export function guard(text: string): string {
  return isRisky(text) ? `'${text}` : text
}

/** Text of a CSV cell without the apostrophe that `guard` put there. */
export function unguard(text: string): string {
  return text.charCodeAt(0) === 0x27 && isRisky(text.slice(1)) ? text.slice(1) : text
}
