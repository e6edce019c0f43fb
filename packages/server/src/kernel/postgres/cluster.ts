import { randomBytes } from "node:crypto"
import { appendFile, readdir, readFile, rename, rm, rmdir, stat } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import type { Binaries } from "./binaries.ts"
import { run } from "./commands.ts"
import { isThere, replaceFile, syncFolder } from "./files.ts"
import type { Log } from "./log.ts"
import type { Place } from "./placement.ts"
import { PostgresProblem } from "./problem.ts"

/** The role that owns the database; migrations make the roles the app works under. */
export const ownerRole = "regulars_owner"

export const settingsFile = "regulars.conf"
const passwordFile = "regulars.password"

/**
 * Makes PostgreSQL's data folder when there is none, and checks that one which is there fits these programs.
 * A new one is made under another name and renamed when it is complete and on disk: a start that died half-way
 * leaves nothing that looks like a database.
 * @throws PostgresProblem when the folder was made by another major version, or is no database
 */
export async function ensureCluster(place: Place, binaries: Binaries, log: Log): Promise<void> {
  await removeDrafts(place)
  if (await isThere(place.data)) {
    // An empty folder may be a mount point's remains; rmdir takes nothing else.
    const isEmpty = (await readdir(place.data)).length === 0
    if (!isEmpty) return checkCluster(place, binaries)
    await rmdir(place.data)
  }
  log.info(`Making the database in ${place.data} (PostgreSQL ${binaries.version}).`)
  const draft = `${place.data}.${randomBytes(4).toString("hex")}`
  await makeCluster(draft, place, binaries)
  await rename(draft, place.data)
  await syncFolder(place.home)
}

/** Password of the owner's role; it lies inside the data folder, so that the two are never apart. */
export async function readPassword(data: string): Promise<string> {
  return (await readFile(join(data, passwordFile), "utf8")).trim()
}

async function makeCluster(draft: string, { user, home }: Place, binaries: Binaries): Promise<void> {
  const initdb = (...options: string[]) =>
    run(binaries.program("initdb"), ["-D", draft, ...options], { user, folder: home })
  const passwordDraft = `${draft}.password`
  await replaceFile(passwordDraft, `${randomBytes(32).toString("base64url")}\n`, user)
  const create = (characterClasses: string) =>
    initdb(
      `--username=${ownerRole}`,
      `--pwfile=${passwordDraft}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--data-checksums",
      "--locale=C",
      `--lc-ctype=${characterClasses}`,
      // An index sorted by the system's own rules breaks silently when an update of the system changes them.
      ...(binaries.major >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : []),
      "--no-sync",
      "--no-instructions",
    )
  // pg_trgm asks the system what a letter is: under plain C it drops every ü, я and λ from its trigrams.
  await create("C.UTF-8").catch((error: Error) => {
    if (!error.message.includes("invalid locale name")) throw error
    return create("C")
  })
  await rename(passwordDraft, join(draft, passwordFile))
  await appendFile(join(draft, "postgresql.conf"), `\ninclude_if_exists '${settingsFile}'\n`)
  await initdb("--sync-only")
}

async function removeDrafts({ home, data }: Place): Promise<void> {
  const drafts = (await readdir(home)).filter((name) => name.startsWith(`${basename(data)}.`))
  // The initdb of a killed start may still write there; it gives up when its folder goes.
  const options = { recursive: true, force: true, maxRetries: 10 }
  for (const name of drafts) await rm(join(home, name), options)
}

async function checkCluster({ data, user }: Place, binaries: Binaries): Promise<void> {
  const made = await readFile(join(data, "PG_VERSION"), "utf8").catch(() => undefined)
  if (made === undefined) {
    throw new PostgresProblem(`${data} is no database. Move what is in it somewhere else, then start again.`)
  }
  const major = Number(made.trim())
  if (major !== binaries.major) throw new PostgresProblem(explainUpgrade(data, major, binaries))
  if (user && (await stat(data)).uid !== user.uid) {
    throw new PostgresProblem(
      `${data} does not belong to "${user.name}", who runs the database. As root: chown -R ${user.uid}:${user.gid} '${dirname(data)}'`,
    )
  }
}

function explainUpgrade(data: string, major: number, binaries: Binaries): string {
  return [
    `The database in ${data} was made by PostgreSQL ${major}; this release of Regulars brings ${binaries.version}, which can't open it. Nothing was changed. To move over:`,
    "1. With the release you used before: npm run -s cli -- backup FILE",
    `2. Rename ${data} and keep it until you have seen that everything arrived.`,
    "3. With this release: npm run -s cli -- restore FILE, and compare the counts it prints.",
  ].join("\n")
}
