import { catalogues } from "virtual:messages"
import { type EntityName, isEntityName } from "@regulars/contract/entities.ts"
import type { PageArea } from "@regulars/locales/areas.ts"
import { createFormats, type Formats } from "@regulars/locales/formats.ts"
import {
  choiceLabel,
  countLabel,
  entityLabel,
  fieldLabel,
  groupLabel,
  itemLabel,
} from "@regulars/locales/labels.ts"
import {
  type Catalogue,
  chooseLanguage,
  createTranslator,
  type Language,
  type Translate,
} from "@regulars/locales/runtime.ts"
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react"
import { declarationOf } from "./declarations.ts"
import { readStored, store } from "./storage.ts"

const loaded = new Map<Language, Catalogue>()
const wanted = new Set<"base" | PageArea>(["base"])
let current: Language = "en"

/** The texts of a language, complete for all that was asked for so far. */
async function loadCatalogue(language: Language): Promise<Catalogue> {
  const parts = await Promise.all([...wanted].map((part) => catalogues[language][part]()))
  const catalogue = Object.assign(loaded.get(language) ?? {}, ...parts.map((part) => part.default))
  loaded.set(language, catalogue)
  return catalogue
}
export async function loadTranslator(language: Language): Promise<Translate> {
  current = language
  return createTranslator(language, await loadCatalogue(language))
}
/** Loads the texts of some pages, in the language shown now and in every later one. */
async function loadTexts(areas: readonly PageArea[]): Promise<void> {
  for (const area of areas) wanted.add(area)
  if (areas.length > 0) await loadCatalogue(current)
}
/** Code that is fetched together with the texts only it needs. */
export async function withTexts<M>(load: () => Promise<M>, ...areas: PageArea[]): Promise<M> {
  const [module] = await Promise.all([load(), loadTexts(areas)])
  return module
}
/** Language to begin with, before anyone is signed in: the one used last, else the browser's. */
export function guessLanguage(): Language {
  return chooseLanguage([readStored("language"), ...navigator.languages])
}

interface Texts {
  t: Translate
  formats: Formats
  setLanguage(language: Language): void
  setPlace(place: Place): void
}
interface Place {
  country: string | null
  timeZone: string | null
}
const TextsContext = createContext<Texts | null>(null)

/** Gives every part below it texts and formats; `initial` is loaded before the first paint. */
export function I18nProvider({ initial, children }: { initial: Translate; children: ReactNode }) {
  const [t, setTranslate] = useState(() => initial)
  const [place, setPlace] = useState<Place>({ country: null, timeZone: null })
  const setLanguage = useCallback((language: Language) => {
    store("language", language)
    loadTranslator(language).then((next) => setTranslate(() => next))
  }, [])
  useEffect(() => {
    document.documentElement.lang = t.language
  }, [t])
  const formats = useMemo(() => createFormats({ language: t.language, ...place }), [t, place])
  const texts = useMemo(() => ({ t, formats, setLanguage, setPlace }), [t, formats, setLanguage])
  return <TextsContext value={texts}>{children}</TextsContext>
}

export function useTexts(): Texts {
  const texts = useContext(TextsContext)
  if (!texts) throw new Error("useTexts needs an I18nProvider above it")
  return texts
}
/** The translator: `const t = useT()`, then `t("action.save")`. */
export function useT(): Translate {
  return useTexts().t
}
export function useFormats(): Formats {
  return useTexts().formats
}

export interface Labels {
  field(key: string): string
  item(list: string, part: string): string
  /** `path` is the field's key, or `list.part` inside a list field. */
  choice(path: string, value: string): string
  group(group: string): string
  one: string
  other: string
  new: string
  /** "3 people". */
  count(count: number): string
}
/** Labels of an entity's fields, parts and choices. */
export function useLabels(entity: EntityName | (string & {})): Labels {
  const t = useT()
  const named = isEntityName(entity) ? declarationOf(entity) : entity
  return useMemo(
    () => ({
      field: (key) => fieldLabel(t, named, key),
      item: (list, part) => itemLabel(t, entity, list, part),
      choice: (path, value) => choiceLabel(t, named, path, value),
      group: (group) => groupLabel(t, group),
      one: entityLabel(t, named, "one"),
      other: entityLabel(t, named, "other"),
      new: entityLabel(t, named, "new"),
      count: (count) => countLabel(t, named, count),
    }),
    [t, entity, named],
  )
}
