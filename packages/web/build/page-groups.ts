import { join } from "node:path"

/** The pages a shop lives in. What any of them needs at once comes in a few files, not in one for each shared part. */
const pages = [
  "domains/today/today-page.tsx",
  "domains/people/people-page.tsx",
  "domains/people/person-page.tsx",
  "domains/workspace/sign-in-page.tsx",
]

interface Modules {
  getModuleInfo: (id: string) => { importedIds: readonly string[] } | null
}
/** For each of the pages, every module of ours it imports at once, with what those import. */
let needs: ReadonlySet<string>[] | undefined

/**
 * The name of the file a module goes into: one for each set of pages that need it, so that none of them loads what
 * only others need. Null for what none of them needs.
 */
export function pageGroup(id: string, modules: Modules): string | null {
  needs ??= pages.map((page) => closure(join(import.meta.dirname, "../src", page), modules))
  const needing = pages.filter((_, index) => needs?.[index]?.has(id))
  return needing.length === 0 ? null : needing.map((page) => page.replace(/.*\/|-page.tsx$/g, "")).join("-")
}

function closure(start: string, modules: Modules): Set<string> {
  if (!modules.getModuleInfo(start)) throw new Error(`${start} is no page of the app any more`)
  const reached = new Set<string>()
  const open = [start]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    // Packages are imported through lists of all they offer, which would make everything needed by every page.
    if (reached.has(id) || id.includes("node_modules")) continue
    reached.add(id)
    open.push(...(modules.getModuleInfo(id)?.importedIds ?? []))
  }
  return reached
}
