const LETTERS: Record<string, string> = {
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  æ: "ae",
  œ: "oe",
  ı: "i",
  ð: "d",
  þ: "th",
}
const ASCII = /^[\x20-\x7e]*$/

/**
 * The form in which words are compared: lower case, without accents, blanks collapsed.
 * Umlauts and their two-letter spellings meet ("Müller", "Mueller" and "Muller" fold alike), so the result
 * is only for comparing with other folded text, never for showing.
 */
export function fold(text: string): string {
  let folded = text.toLowerCase()
  if (!ASCII.test(folded)) {
    folded = folded
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .replace(/[ßøłđæœıðþ]/g, (letter) => LETTERS[letter] ?? letter)
  }
  return folded
    .replace(/([aou])e/g, "$1")
    .replace(/\s+/g, " ")
    .trim()
}
