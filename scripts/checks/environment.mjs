// The environment is read in one place, so that each setting has one name, one default and one check.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { listFiles, root } from "../lib/project.mjs"

const allowed = "packages/server/src/kernel/config.ts"

/** Lines of the product's code in `folder` that read process.env elsewhere, as "file:line". */
export function findEnvironmentReads(folder) {
  return listFiles(join(folder, "packages"), folder)
    .filter((file) => /^packages\/[^/]+\/src\/.*\.tsx?$/.test(file))
    .filter((file) => !/\.test\.tsx?$/.test(file) && file !== allowed)
    .flatMap((file) => {
      const lines = readFileSync(join(folder, file), "utf8").split("\n")
      return lines.flatMap((line, index) => (readsEnvironment(line) ? [`${file}:${index + 1}`] : []))
    })
}

function readsEnvironment(line) {
  const isComment = /^\s*(\/\/|\/?\*)/.test(line)
  return !isComment && /\bprocess\s*(\.\s*env\b|\[\s*["']env)|\benv\b.*from "(node:)?process"/.test(line)
}

if (import.meta.main) {
  const found = findEnvironmentReads(root)
  for (const place of found) console.log(`${place} reads process.env; only ${allowed} may.`)
  process.exit(found.length === 0 ? 0 : 1)
}
