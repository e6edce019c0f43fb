import { createHash } from "node:crypto"
import {
  access,
  chmod,
  constants,
  lchown,
  lstat,
  mkdir,
  readFile,
  realpath,
  stat,
  writeFile,
} from "node:fs/promises"
import { join } from "node:path"
import { run, type SystemUser } from "./commands.ts"
import { isThere } from "./files.ts"
import type { Log } from "./log.ts"
import { PostgresProblem } from "./problem.ts"
import { ensureSystemUser } from "./system-user.ts"

/** Where everything of the embedded database lies, and who runs it. */
export type Place = {
  /** owner-only folder: `data`, `log`, `socket`, locks and, where needed, a copy of the programs */
  home: string
  /** PostgreSQL's own data folder */
  data: string
  /** who runs PostgreSQL; undefined: ourselves */
  user: SystemUser | undefined
}

const systemFolder = "/var/lib/regulars"
// Linux allows 107 bytes in the path of a socket, macOS 103.
const longestSocketPath = 103

/**
 * Decides where the database of `dataDir` lies, and makes its home.
 * An ordinary user has it in `<dataDir>/pg`. Root has it there too when the database's system user can get
 * there, else below /var/lib/regulars: the mode of a folder such as /root is never changed. The decision is
 * written down in `<dataDir>/database-location.json` and kept, so that a later start never finds an empty database.
 * @throws PostgresProblem when an existing database can't be reached
 */
export async function choosePlace(dataDir: string, log: Log): Promise<Place> {
  await makeFolder(dataDir)
  const folder = await realpath(dataDir)
  const isRoot = process.getuid?.() === 0
  const recorded = await readRecord(folder, log)
  const home = recorded ?? (isRoot ? await homeForRoot(folder, log) : join(folder, "pg"))
  if (recorded) log.info(`The database lies in ${home}.`)
  const user = isRoot ? await userOf(home, log) : undefined
  await makeHome(home, user)
  await checkAccess(home, user)
  return { home, data: join(home, "data"), user }
}

/** The folder of the server's socket: beside the data, or in /tmp where that path is too long for a socket. */
export async function makeSocketFolder({ home, user }: Place): Promise<string> {
  const beside = join(home, "socket")
  if (Buffer.byteLength(join(beside, ".s.PGSQL.65535")) <= longestSocketPath) {
    await makeOwnerOnly(beside, user)
    return beside
  }
  const folder = join("/tmp", `regulars-${shortHash(home)}`)
  await makeOwnerOnly(folder, user)
  const found = await lstat(folder)
  const uid = user?.uid ?? process.getuid?.()
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) {
    throw new PostgresProblem(
      `${folder} belongs to somebody else. Remove it, or choose a shorter REGULARS_DATA.`,
    )
  }
  return folder
}

async function homeForRoot(dataDir: string, log: Log): Promise<string> {
  const inPlace = join(dataDir, "pg")
  if (await isThere(inPlace)) return inPlace
  const elsewhere = join(systemFolder, shortHash(dataDir))
  const user = await ensureSystemUser(log)
  const isOld = await isThere(join(elsewhere, "data"))
  if (!isOld && (await canEnter(dataDir, user))) return inPlace
  await mkdir(systemFolder, { recursive: true, mode: 0o755 })
  await makeHome(elsewhere, user)
  await writeRecord({ dataDir, home: elsewhere })
  log.warn(
    isOld
      ? `The database of an earlier ${dataDir} is still in ${elsewhere} and is used again. To begin with an empty one, stop and delete that folder.`
      : `The database lies in ${elsewhere}, because its system user "${user.name}" can't reach ${dataDir}.`,
  )
  return elsewhere
}

type LocationRecord = { home: string; dataDir: string }

const recordFile = (dataDir: string) => join(dataDir, "database-location.json")

async function writeRecord(record: LocationRecord): Promise<void> {
  await writeFile(recordFile(record.dataDir), `${JSON.stringify(record, null, 2)}\n`)
}

async function readRecord(dataDir: string, log: Log): Promise<string | undefined> {
  const file = recordFile(dataDir)
  if (!(await isThere(file))) return undefined
  const record = JSON.parse(await readFile(file, "utf8")) as LocationRecord
  if (record.dataDir !== dataDir) {
    if (await isThere(recordFile(record.dataDir))) {
      log.warn(`${dataDir} is a copy of ${record.dataDir}; the database stays with the original.`)
      return undefined
    }
    await writeRecord({ ...record, dataDir })
  }
  if (await isThere(record.home)) return record.home
  throw new PostgresProblem(
    `The database should lie in ${record.home} (says ${file}), but nothing is there. Put it back, or delete that file to start with an empty database.`,
  )
}

/** An existing database keeps its owner: who ran it as an ordinary user may start it with sudo and back again. */
async function userOf(home: string, log: Log): Promise<SystemUser> {
  const found = await stat(home).catch(() => undefined)
  if (found && found.uid !== 0) return { name: await nameOf(found.uid), uid: found.uid, gid: found.gid }
  return ensureSystemUser(log)
}

async function nameOf(uid: number): Promise<string> {
  return run("id", ["-un", String(uid)]).catch(() => `with id ${uid}`)
}

async function makeHome(home: string, user: SystemUser | undefined): Promise<void> {
  try {
    await makeOwnerOnly(home, user)
    await makeOwnerOnly(join(home, "log"), user)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EACCES") throw error
    throw notOurs(home)
  }
}

async function makeOwnerOnly(folder: string, user: SystemUser | undefined): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (user && (made || (await lstat(folder)).uid === 0)) await lchown(folder, user.uid, user.gid)
}

async function makeFolder(dataDir: string): Promise<void> {
  const made = await mkdir(dataDir, { recursive: true })
  // The database's user has to pass through, and nobody has to list it.
  if (made && process.getuid?.() === 0) await chmod(dataDir, 0o711)
}

async function checkAccess(home: string, user: SystemUser | undefined): Promise<void> {
  if (user) {
    if (await canEnter(home, user)) return
    throw new PostgresProblem(
      `The database in ${home} can't be reached by the system user "${user.name}" that runs it: allow it to pass through each folder on the way (chmod o+x).`,
    )
  }
  const isOurs = await access(home, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  if (!isOurs) throw notOurs(home)
}

function notOurs(home: string): PostgresProblem {
  return new PostgresProblem(
    `The database in ${home} belongs to another user of this computer. Start Regulars as that user or as root, or choose another folder with REGULARS_DATA.`,
  )
}

/** Asks the system itself, so that groups and access lists count as well. */
async function canEnter(folder: string, user: SystemUser): Promise<boolean> {
  return run("/bin/sh", ["-c", 'cd -- "$1"', "sh", folder], { user }).then(
    () => true,
    () => false,
  )
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12)
}
