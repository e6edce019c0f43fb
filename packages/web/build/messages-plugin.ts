import { fileURLToPath } from "node:url"
import { areas } from "@regulars/locales/areas.ts"
import { compileCatalogue } from "@regulars/locales/compile.ts"
import { languages } from "@regulars/locales/runtime.ts"
import { readTexts } from "@regulars/locales/server.ts"
import type { Plugin } from "vite"

/** Texts that only the server sends, in mails. */
const shown = areas.filter((area) => area !== "mail")
const prefix = "virtual:messages/"

/** Serves `virtual:messages/<language>`: the language's texts, parsed here so that the browser needs no parser. */
export function messages(): Plugin {
  return {
    name: "regulars-messages",
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      const language = languages.find((known) => id === `\0${prefix}${known}`)
      if (!language) return
      for (const area of shown)
        this.addWatchFile(fileURLToPath(import.meta.resolve(`@regulars/locales/${language}/${area}.json`)))
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(compileCatalogue(readTexts(language, shown))))})`
    },
  }
}
