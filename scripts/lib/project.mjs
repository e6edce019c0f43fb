import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative, resolve, sep } from "node:path"
import { fileURLToPath } from "node:url"

/** The folder that holds package.json. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..")

/** Tells the person what is going on. Standard output belongs to the program that is started. */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`)
}

/** Ends with a sentence instead of a stack trace. */
export function fail(sentence) {
  say(sentence)
  process.exit(1)
}

export function hashOf(...parts) {
  const hash = createHash("sha256")
  for (const part of parts) hash.update(part).update("\0")
  return hash.digest("hex")
}

export function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined
}

const passedOver = new Set(["node_modules", "dist", "coverage", "test-results"])

/**
 * Files below a folder of the project, sorted, as paths from `base` with slashes; neither hidden ones nor those
 * that are installed or built.
 */
export function listFiles(folder, base = root) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith(".") && !passedOver.has(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? listFiles(path, base) : [relative(base, path).split(sep).join("/")]
    })
    .sort()
}
