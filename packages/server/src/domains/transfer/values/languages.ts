import { fold } from "./fold.ts"
import type { Reading } from "./reading.ts"

// ISO 639-1 languages people note about their customers; rarer ones are still read by their code.
const CODES =
  "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ku ky lb lo lt lv mk ml mn mr ms mt my nb ne nl nn no pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th ti tl tr uk ur uz vi wo yi zh zu"
const VARIANTS: Record<string, string> = {
  castellano: "es",
  "español (españa)": "es",
  castilian: "es",
  valenciano: "ca",
  euskera: "eu",
  vasco: "eu",
  vascuence: "eu",
  flemish: "nl",
  flämisch: "nl",
  schweizerdeutsch: "de",
  hochdeutsch: "de",
  farsi: "fa",
  mandarin: "zh",
  mandarín: "zh",
  "chino mandarín": "zh",
  norwegian: "no",
  norwegisch: "no",
  moldavian: "ro",
  serbokroatisch: "sr",
  "british english": "en-GB",
  "american english": "en-US",
  brazilian: "pt-BR",
  "brazilian portuguese": "pt-BR",
  kastilisch: "es",
  dt: "de",
  engl: "en",
  franz: "fr",
}

function buildNames(): Map<string, string> {
  const names = new Map<string, string>()
  for (const code of CODES.split(" ")) {
    for (const language of ["en", "de", "es", code]) {
      const name = new Intl.DisplayNames(language, { type: "language" }).of(code)
      if (name && !names.has(fold(name))) names.set(fold(name), code)
    }
  }
  for (const [name, code] of Object.entries(VARIANTS)) names.set(fold(name), code)
  return names
}

const NAMES = buildNames()
const KNOWN = new Set(CODES.split(" "))

function readCode(text: string): string | undefined {
  if (!/^[a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_][a-z]{2})?$/i.test(text)) return undefined
  try {
    const tag = Intl.getCanonicalLocales(text.replaceAll("_", "-"))[0]
    return tag && KNOWN.has(tag.split("-")[0] ?? "") ? tag : undefined
  } catch {
    return undefined
  }
}

/**
 * Reads a language into its BCP 47 tag ("Deutsch" → "de", "pt_br" → "pt-BR"). Names are understood in English,
 * German, Spanish and the language itself. Where several are listed, the first known one counts.
 */
export function readLanguage(text: string): Reading<string> {
  for (const part of [text, ...text.split(/[,;/|]|\s[-–]\s|\(/)]) {
    const word = part.trim().replace(/[.)]+$/, "")
    const value = NAMES.get(fold(word)) ?? readCode(word)
    if (value) return { value }
  }
  return { problem: "language_unknown" }
}
