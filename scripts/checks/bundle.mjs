// Fails when opening the list page for the first time needs too much script.
// Counts the entry, one language and the list page, each with everything it imports at once, gzipped; not styles,
// not the font, not what is fetched in an idle moment afterwards (`lazyPart` in packages/web/src/lib).
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"

const limit = 200_000
const dist = join(import.meta.dirname, "../../packages/web/dist")
const listPage = "src/domains/people/people-page.tsx"
const language = "virtual:messages/en/base"

const manifestPath = join(dist, ".vite/manifest.json")
if (!existsSync(manifestPath)) {
  console.error("bundle: no build to measure; run `npx vite build` in packages/web first")
  process.exit(1)
}
const manifest = JSON.parse(readFileSync(manifestPath, "utf8"))
const starts = Object.keys(manifest).filter(
  (key) => manifest[key].isEntry || key === language || key === listPage,
)
const needed = new Set()
const take = (key) => {
  if (needed.has(key)) return
  needed.add(key)
  for (const imported of manifest[key].imports ?? []) take(imported)
}
starts.forEach(take)

let total = 0
for (const key of needed) {
  const { file } = manifest[key]
  if (!file.endsWith(".js")) continue
  const size = gzipSync(readFileSync(join(dist, file))).length
  total += size
  console.log(`${String(Math.round(size / 100) / 10).padStart(7)} kB  ${file}`)
}
const measured = starts.some((key) => key === listPage)
  ? "shell and list page"
  : "shell alone (no list page found)"
console.log(
  `${String(Math.round(total / 100) / 10).padStart(7)} kB  ${measured} (scripts, gzipped); limit ${limit / 1000} kB`,
)
if (total > limit) process.exit(1)
