import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { entityList } from "@regulars/contract/entities.ts"
import { describe, expect, it } from "vitest"
import { readTexts } from "./server.ts"

const english = readTexts("en")
const packages = join(import.meta.dirname, "../..")
const sources = [
  ...readSources("contract/src"),
  ...readSources("server/src").filter(({ file }) => !file.includes("/synonyms/")),
]

/** What patterns find in the sources, each once; the first group of a pattern is the code. */
function codesIn(part: string, ...patterns: RegExp[]): string[] {
  const texts = sources.filter(({ file }) => file.includes(part)).map(({ text }) => text)
  const found = texts.flatMap((text) => patterns.flatMap((pattern) => [...text.matchAll(pattern)]))
  return [...new Set(found.map(([, code = ""]) => code))].sort()
}
function readSources(folder: string): { file: string; text: string }[] {
  return readdirSync(join(packages, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.ts$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => ({ file, text: readFileSync(file, "utf8") }))
}
const without = (prefix: string, codes: readonly string[]) =>
  codes.filter((code) => !(`${prefix}.${code}` in english))

describe("texts for what the server says", () => {
  it("stand for every event that can happen to a record", () => {
    const facts = ["created", "updated", "removed", "restored"]
    const ofRecords = entityList.flatMap(({ singular }) => facts.map((fact) => `${singular}.${fact}`))
    const declared = codesIn("server/src/domains", /\bevents: \["([a-z]+\.[a-zA-Z]+)"/g)
    expect(declared).toContain("task.done")
    expect(without("event", [...ofRecords, ...declared])).toEqual([])
  })
  it("stand for every fault of a field", () => {
    const codes = codesIn(
      "",
      /\binvalid\(\s*(?:"[^"]*"|`[^`]*`|[\w.]+),\s*"([a-z_]+)"/g,
      /\bpath[,:][^{}]*?\bcode: "([a-z_]+)"/g,
      /\bparams: \{ code: "([a-z_]+)"/g,
    )
    expect(codes).toContain("common_password")
    const ofFields = codes.filter((code) => !(`import.problem.${code}` in english))
    expect(without("fieldError", ofFields)).toEqual([])
  })
  it("stand for every reason to refuse an imported row", () => {
    const transfer = "server/src/domains/transfer/"
    const codes = [
      ...codesIn(`${transfer}values/reading.ts`, /^ {2}\| "([a-z_]+)"/gm),
      ...codesIn(`${transfer}formats/`, /\bcode: "([a-z_]+)"/g),
      ...codesIn(`${transfer}rows/`, /\bcode: "([a-z_]+)"/g),
      ...codesIn(`${transfer}resolve-links.ts`, /\bcode: "([a-z_]+)"/g),
    ]
    expect(codes).toContain("email_invalid")
    expect(without("import.problem", codes)).toEqual([])
  })
})
