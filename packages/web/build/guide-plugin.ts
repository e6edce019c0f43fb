import { readdirSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"
import { Marked } from "marked"
import type { Plugin } from "vite"

const name = "virtual:guide"
const folder = fileURLToPath(new URL("../../../docs/guide", import.meta.url))

/**
 * Serves the user guide in `docs/guide`, rendered here so that the browser needs no parser: `virtual:guide` knows its
 * pages in the order of its contents and how to load each, `virtual:guide/<page>` is one of them as HTML.
 */
export function guide(): Plugin {
  return {
    name: "regulars-guide",
    resolveId: (id) => (id.startsWith(name) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${name}`)) return
      for (const file of readdirSync(folder)) this.addWatchFile(join(folder, file))
      return id === `\0${name}` ? contentsCode() : pageCode(id.slice(name.length + 2))
    },
  }
}

/** Pages stand in the order in which the guide's contents name them; one they leave out fails the build. */
function contentsCode(): string {
  const listed = [...read("README").matchAll(/\[([^\]]+)\]\(([a-z-]+)\.md\)/g)]
  const pages = listed.map(([, title, page]) => ({ title, page }))
  const missing = readdirSync(folder)
    .map((file) => basename(file, ".md"))
    .filter((page) => page !== "README" && !pages.some((listedPage) => listedPage.page === page))
  if (missing.length > 0) throw new Error(`The guide's contents leave out: ${missing.join(", ")}`)
  const entries = pages.map(
    ({ title, page }) =>
      `{ page: ${JSON.stringify(page)}, title: ${JSON.stringify(title)}, load: () => import("${name}/${page}") }`,
  )
  return `export const pages = [${entries.join(", ")}]`
}

function pageCode(page: string): string {
  const images: string[] = []
  const parser = new Marked({
    walkTokens(token) {
      if (token.type === "link") token.href = token.href.replace(/^([a-z-]+)\.md(#.*)?$/, "/help/$1$2")
      if (token.type === "image") token.href = `guide-image-${images.push(token.href) - 1}`
    },
  })
  // The page's own heading is the first line of the file.
  const html = parser.parse(read(page).replace(/^# .*\n/, ""), { async: false })
  const imports = images.map(
    (path, index) => `import image${index} from ${JSON.stringify(join(folder, path))}`,
  )
  const replaced = images.map((_, index) => `.replace("guide-image-${index}", image${index})`)
  return `${imports.join("\n")}\nexport const html = ${JSON.stringify(html)}${replaced.join("")}`
}
function read(page: string): string {
  return readFileSync(join(folder, `${page}.md`), "utf8")
}
