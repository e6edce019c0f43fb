import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { findNode24 } from "./node24.mjs"
import { hashOf, listFiles, readIfThere, root, say } from "./project.mjs"

/** Builds the web app unless it was built from exactly these files. Returns whether there is one to serve. */
export function ensureWebBuilt(folder = root) {
  const web = join(folder, "packages/web")
  const stampFile = join(web, "dist/.stamp")
  const stamp = hashOfSources(folder)
  if (readIfThere(stampFile) === stamp) return true
  say("Building the web app ...")
  const vite = join(root, "node_modules/vite/bin/vite.js")
  const result = spawnSync(findNode24(), [vite, "build", "--logLevel", "warn"], {
    cwd: web,
    encoding: "utf8",
    // Whoever builds, a test run too, gets what people are served.
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 64 * 1024 * 1024,
  })
  if (result.status !== 0) {
    say(result.error?.message ?? `${result.stdout}${result.stderr}`.trim())
    say("The web app could not be built: the reason stands above.")
    return false
  }
  writeFileSync(stampFile, stamp)
  return true
}

function hashOfSources(folder) {
  const sources = ["packages/web", "packages/contract", "packages/locales", "docs/guide", "docs/images"]
  const files = sources.flatMap((name) => listFiles(join(folder, name), folder))
  const shipped = files.filter((file) => !/\.test\.tsx?$/.test(file))
  const contents = ["package-lock.json", ...shipped].flatMap((file) => [
    file,
    readFileSync(join(folder, file)),
  ])
  return hashOf(...contents)
}
