// The texts of every language have the same ids and take the same values, and the code asks for none but those.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { listFiles, root } from "../lib/project.mjs"

const languages = ["en", "de", "es"]

/** What is missing or different, as sentences. */
export function findTextProblems(folder) {
  const texts = Object.fromEntries(languages.map((language) => [language, readTexts(folder, language)]))
  const [first, ...others] = languages
  const ids = new Set(languages.flatMap((language) => [...texts[language].keys()]))
  const problems = [...ids].flatMap((id) => {
    const missing = languages.filter((language) => !texts[language].has(id))
    if (missing.length > 0) return [`"${id}" has no text in ${missing.join(", ")}.`]
    const valuesOf = (language) => findValues(texts[language].get(id)).join(", ")
    return others
      .filter((language) => valuesOf(language) !== valuesOf(first))
      .map(
        (language) =>
          `"${id}" takes {${valuesOf(first)}} in ${first}, but {${valuesOf(language)}} in ${language}.`,
      )
  })
  const asked = findAskedIds(folder).filter(({ id }) => !ids.has(id))
  return [...problems, ...asked.map(({ id, place }) => `${place} asks for "${id}", which has no text.`)]
}

function readTexts(folder, language) {
  const languageFolder = join(folder, "packages/locales/src", language)
  const files = existsSync(languageFolder) ? readdirSync(languageFolder) : []
  const catalogues = files
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(readFileSync(join(languageFolder, file), "utf8")))
  return new Map(catalogues.flatMap(Object.entries))
}

/** Names of the values an ICU text takes, also within the branches of a plural or select. */
export function findValues(text) {
  const values = new Set()
  for (const part of splitBraces(text)) {
    const [, name, kind, rest] = /^\s*([\w-]+)\s*(?:,\s*(\w+)\s*(?:,(.*))?)?$/s.exec(part) ?? []
    if (!name) continue
    values.add(name)
    const hasBranches = ["plural", "select", "selectordinal"].includes(kind)
    for (const branch of hasBranches ? splitBraces(rest ?? "") : []) {
      for (const value of findValues(branch)) values.add(value)
    }
  }
  return [...values].sort()
}

/** The insides of the outermost braces; an apostrophe before a brace makes it a plain letter. */
function splitBraces(text) {
  const parts = []
  let depth = 0
  let begin = 0
  for (const { 0: brace, index } of text
    .replaceAll(/'[{}][^']*'/g, (quoted) => " ".repeat(quoted.length))
    .matchAll(/[{}]/g)) {
    if (brace === "{") depth += 1
    else depth -= 1
    if (brace === "{" && depth === 1) begin = index + 1
    if (brace === "}" && depth === 0) parts.push(text.slice(begin, index))
  }
  return parts
}

/** Ids that stand in the code as they are; ids put together at run time are the business of its tests. */
function findAskedIds(folder) {
  const files = ["web", "server", "locales", "contract"].flatMap((name) =>
    listFiles(join(folder, "packages", name, "src"), folder),
  )
  return files
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), "utf8")
      const calls = text.matchAll(/(?<![\w.])(?:t|translate)\(\s*"([\w.-]+)"/g)
      return [...calls].map(({ 1: id, index }) => ({
        id,
        place: `${file}:${text.slice(0, index).split("\n").length}`,
      }))
    })
}

if (import.meta.main) {
  const problems = findTextProblems(root)
  for (const problem of problems) console.log(problem)
  process.exit(problems.length === 0 ? 0 : 1)
}
