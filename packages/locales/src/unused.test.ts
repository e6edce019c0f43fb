import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { readTexts } from "./server.ts"

const packages = join(import.meta.dirname, "../..")
const code = ["contract", "locales", "server", "web"]
  .flatMap((name) =>
    readdirSync(join(packages, name, "src"), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name),
    ),
  )
  .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"))
  .join("\n")

/** Ids put together at run time, as patterns: `field.${entity}.${key}`. */
const composed = [...code.matchAll(/`([a-zA-Z]\w*\.(?:[\w.-]|\$\{[^}`]*\})*)`/g)].map(([, id = ""]) => {
  const parts = id.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(".", "\\."))
  return new RegExp(`^${parts.join("[\\w.-]+")}$`)
})

it("no text is kept that nothing shows", () => {
  const isUsed = (id: string) => code.includes(`"${id}"`) || composed.some((pattern) => pattern.test(id))
  expect(Object.keys(readTexts("en")).filter((id) => !isUsed(id))).toEqual([])
})
