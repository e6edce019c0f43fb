import { readdir, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import { readManifest } from "./archive-reader.ts"
import { productVersion } from "./manifest.ts"
import { type Backup, type BackupParts, describe, writeBackup } from "./write-backup.ts"

const ending = ".regulars"

export function backupFolder(dataDir: string): string {
  return join(dataDir, "backups")
}
/** `2026-11-22T02-11-28-123`: sorts by time and is a file name everywhere. */
function timeInName(now: Date): string {
  return now.toISOString().slice(0, 23).replaceAll(/[:.]/g, "-")
}

/** The beginning of a backup's name says what it came from. */
const beginnings = { person: "backup", schedule: "daily", upgrade: `before-${productVersion}` } as const
export type MadeBy = keyof typeof beginnings

/** A backup in the folder of backups, named by what it came from and the time. */
export async function backupNow(parts: BackupParts & { dataDir: string }, madeBy: MadeBy): Promise<Backup> {
  const name = `${beginnings[madeBy]}-${timeInName(parts.now())}${ending}`
  return writeBackup(parts, join(backupFolder(parts.dataDir), name))
}
function makerOf(name: string): MadeBy {
  if (name.startsWith("before-")) return "upgrade"
  return name.startsWith("daily-") ? "schedule" : "person"
}

export interface ListedBackup extends Omit<Backup, "migration" | "createdAt"> {
  createdAt: string
  madeBy: MadeBy
  /** Complete when it was written: it was read back then, and its end is still in place. */
  checked: boolean
}
/** What lies in the folder of backups, newest first. `file` is the name alone. */
export async function listBackups(dataDir: string): Promise<ListedBackup[]> {
  const folder = backupFolder(dataDir)
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(ending))
  const listed = await Promise.all(names.map((name) => look(folder, name)))
  return listed.flatMap((backup) => backup ?? []).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
}
async function look(folder: string, name: string): Promise<ListedBackup | undefined> {
  const path = join(folder, name)
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) return undefined
  const manifest = await readManifest(path).catch(() => undefined)
  const { tables, rows, files, missing, createdAt } = manifest
    ? describe(name, found.size, manifest)
    : { tables: 0, rows: 0, files: 0, missing: 0, createdAt: found.mtime.toISOString() }
  return {
    file: name,
    size: found.size,
    createdAt,
    tables,
    rows,
    files,
    missing,
    madeBy: makerOf(name),
    checked: Boolean(manifest),
  }
}

/** A backup of the folder by its name; undefined where there is none. */
export async function findBackup(dataDir: string, name: string): Promise<string | undefined> {
  const isThere = (await readdir(backupFolder(dataDir)).catch((): string[] => [])).includes(name)
  return isThere && name.endsWith(ending) ? join(backupFolder(dataDir), name) : undefined
}

export interface Retention {
  keepDays: number
  keepCount: number
}
const day = 24 * 60 * 60 * 1000
/**
 * Deletes what was made by itself and has had its time: older than `keepDays`, or beyond the newest `keepCount`. The
 * newest stays whatever its age, and so does the newest that lacks no file; what people made is theirs to delete.
 * Returns the names deleted.
 */
export async function deleteExpired(
  dataDir: string,
  { keepDays, keepCount }: Retention,
  now: Date,
): Promise<string[]> {
  const all = await listBackups(dataDir)
  const whole = all.filter(({ checked }) => checked)
  const needed = [whole[0], whole.find(({ missing }) => missing === 0)].map((backup) => backup?.file)
  const oldest = new Date(now.getTime() - keepDays * day).toISOString()
  const expired = all
    .filter(({ madeBy }) => madeBy !== "person")
    .filter(({ createdAt }, index) => index >= keepCount || createdAt < oldest)
    .filter(({ file }) => !needed.includes(file))
    .map(({ file }) => file)
  for (const file of expired) await rm(join(backupFolder(dataDir), file), { force: true })
  return expired
}
