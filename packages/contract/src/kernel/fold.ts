const ascii = /^[\x20-\x7e]*$/

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
    .replace(/ß/g, "ss")
    .replace(/æ/g, "ae")
    .replace(/ø/g, "o")
    .replace(/œ/g, "oe")
    .replace(/ł/g, "l")
    .replace(/đ/g, "d")
    .replace(/ı/g, "i")
    .replace(/\s+/g, " ")
    .trim()
}
