import { setupI18n } from "@lingui/core"
import type { MessageId } from "./message-id.ts"

export type { MessageId }

export const languages = ["en", "de", "es"] as const
export type Language = (typeof languages)[number]

/** Texts by id, in the parsed form that `compile.ts` makes of ICU text; needs no parser to be shown. */
export type Catalogue = Record<string, unknown[]>
export type Values = Record<string, string | number | boolean | null | undefined>

/**
 * Turns an id and its values into a sentence of one language. A missing text shows its id, which the check
 * of the catalogues keeps from happening.
 */
export interface Translate {
  (id: MessageId, values?: Values): string
  /** A text whose id is put together at run time (`field.people.name`); undefined when there is none. */
  find(id: string, values?: Values): string | undefined
  language: Language
}

/** Makes the translator of one language from its compiled catalogue. */
export function createTranslator(language: Language, catalogue: Catalogue): Translate {
  const i18n = setupI18n({ locale: language, messages: { [language]: catalogue as never } })
  const find = (id: string, values?: Values) =>
    Object.hasOwn(catalogue, id) ? i18n._(id, values as Record<string, unknown>) : undefined
  const translate = (id: MessageId, values?: Values) => {
    const text = find(id, values)
    if (text === undefined) console.warn(`There is no text "${id}" here; its area may not be loaded.`)
    return text ?? id
  }
  return Object.assign(translate, { find, language })
}

/** The language to use of those somebody asked for (a browser's list, a header's, a setting), else English. */
export function chooseLanguage(wanted: readonly (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    const base = tag?.toLowerCase().split(/[-_]/)[0]
    const found = languages.find((language) => language === base)
    if (found) return found
  }
  return "en"
}
