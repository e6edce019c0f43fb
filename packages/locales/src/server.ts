import { readFileSync } from "node:fs"
import { type Area, areas } from "./areas.ts"
import { compileCatalogue } from "./compile.ts"
import { createTranslator, type Language, type Translate } from "./runtime.ts"

/** Texts of a language by id, as they stand in the files. */
export function readTexts(language: Language, from: readonly Area[] = areas): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const area of from)
    Object.assign(
      texts,
      JSON.parse(readFileSync(new URL(`./${language}/${area}.json`, import.meta.url), "utf8")),
    )
  return texts
}

const translators = new Map<Language, Translate>()

/** Translator of a language for the server; its catalogue is read and parsed once. */
export function translatorFor(language: Language): Translate {
  let translate = translators.get(language)
  if (!translate) {
    translate = createTranslator(language, compileCatalogue(readTexts(language)))
    translators.set(language, translate)
  }
  return translate
}
