const ascii = /^[\x20-\x7e]*$/

const letters: Record<string, string> = { ß: "ss", æ: "ae", ø: "o", œ: "oe", ł: "l", đ: "d", ı: "i" }

/**
 * Folds text for comparing and searching: no case, no accents, "ß" as "ss", blanks collapsed.
 * The same function runs in the browser and on the server so that both agree on what matches.
 */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase().replace(/ {2,}/g, " ").trim()
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[ßæøœłđı]/g, (letter) => letters[letter] as string)
    .replace(/\s+/g, " ")
    .trim()
}
