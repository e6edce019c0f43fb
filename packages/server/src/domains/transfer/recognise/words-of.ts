import { fold } from "../values/fold.ts"

/** Splits text into folded words at punctuation, camelCase and between letters and digits. */
export function wordsOf(text: string): string[] {
  const spaced = text
    .normalize("NFKC")
    .replace(/^\uFEFF/, "")
    .replace(/__c$/i, "")
    // Brand names with a capital inside are one word.
    .replace(/\b(linked) ?in\b|\b(you) ?tube\b|\b(tik) ?tok\b|\b(whats) ?app\b/gi, (name) =>
      name.toLowerCase().replace(" ", ""),
    )
    .replace(/#|№|\bn[º°]/gi, " number ")
    .replace(/[’']s\b/g, "s")
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll}{2})/gu, "$1 $2")
    .replace(/(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/gu, " ")
  const words = fold(spaced.replace(/[^\p{L}\p{M}\p{N}]+/gu, " "))
    .split(" ")
    .filter((word) => word !== "")
  return joinLetters(words)
}

/** "e mail" and "c p" were one word before the punctuation went. */
function joinLetters(words: string[]): string[] {
  const joined: string[] = []
  let canJoin = false
  for (const word of words) {
    const isLetter = /^\p{L}$/u.test(word)
    const previous = joined.length - 1
    if (previous >= 0 && joined[previous] === "e" && word.startsWith("mail")) joined[previous] = `e${word}`
    else if (isLetter && canJoin) joined[previous] += word
    else joined.push(word)
    canJoin = isLetter
  }
  return joined
}
