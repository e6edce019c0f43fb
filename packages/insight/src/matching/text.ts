const ascii = /^[\x20-\x7e]*$/
const letters: Record<string, string> = { ß: "ss", æ: "ae", ø: "o", œ: "oe", ł: "l", đ: "d", ı: "i" }
const isWord = /[\p{L}\p{N}]+/gu

/** Small letters without accents, "ß" as "ss": the form in which everything here is compared. */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase()
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[ßæøœłđı]/g, (letter) => letters[letter] as string)
}

/** The folded words and numbers of a text; apostrophes and full stops inside a word vanish ("O'Neil", "S.L."). */
export function wordsOf(text: string | null | undefined): string[] {
  if (!text) return []
  return (
    fold(text)
      .replace(/(?<=\p{L})['’.](?=\p{L})/gu, "")
      .match(isWord) ?? []
  )
}

/** One spelling for "Müller", "Muller" and "Mueller". Takes folded text. */
export function plain(word: string): string {
  return word.replace(/(?<=[aou])e/g, "")
}

/**
 * The consonants a name is recognised by, its first letter kept: "meier", "meyer" and "maier" are one skeleton.
 * For blocking only: it joins more than it should. Takes folded text.
 */
export function skeleton(word: string): string {
  const sounds = plain(word)
    .replace(/ph/g, "f")
    .replace(/sch|sh/g, "s")
    .replace(/[ck]+|q/g, "k")
    .replace(/dt|th|d/g, "t")
    .replace(/[sz]+/g, "s")
    .replace(/[vw]/g, "f")
  return (
    sounds.slice(0, 1) +
    sounds
      .slice(1)
      .replace(/[aeiouyhj]/g, "")
      .replace(/(.)\1+/g, "$1")
  )
}

/** Digits of a text, nothing else. */
export function digitsOf(text: string | null | undefined): string {
  return text ? text.replace(/\D+/g, "") : ""
}
