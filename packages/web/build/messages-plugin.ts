import { fileURLToPath } from "node:url"
import { type Area, areas, pageAreas } from "@regulars/locales/areas.ts"
import { compileCatalogue } from "@regulars/locales/compile.ts"
import { type Language, languages } from "@regulars/locales/runtime.ts"
import { readTexts } from "@regulars/locales/server.ts"
import type { Plugin } from "vite"

const name = "virtual:messages"
/** What is loaded at once: `base` from the start, the others with their pages. Mails are the server's alone. */
const parts: Record<string, readonly Area[]> = {
  base: areas.filter((area) => area !== "mail" && !(pageAreas as readonly string[]).includes(area)),
  ...Object.fromEntries(pageAreas.map((area) => [area, [area]])),
}

/**
 * Serves the texts, parsed here so that the browser needs no parser: `virtual:messages` knows how to load every
 * part of every language, `virtual:messages/<language>/<part>` is one of them.
 */
export function messages(): Plugin {
  return {
    name: "regulars-messages",
    resolveId: (id) => (id.startsWith(name) ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${name}`) return indexCode()
      const [language, part] = id.startsWith(`\0${name}/`) ? id.slice(name.length + 2).split("/") : []
      if (!language || !part) return
      for (const area of parts[part] ?? [])
        this.addWatchFile(fileURLToPath(import.meta.resolve(`@regulars/locales/${language}/${area}.json`)))
      const texts = compileCatalogue(readTexts(language as Language, parts[part]))
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(texts))})`
    },
  }
}
function indexCode(): string {
  const loaders = (language: string) =>
    Object.keys(parts).map((part) => `${part}: () => import("${name}/${language}/${part}")`)
  const entries = languages.map((language) => `${language}: { ${loaders(language).join(", ")} }`)
  return `export const catalogues = { ${entries.join(", ")} }`
}
