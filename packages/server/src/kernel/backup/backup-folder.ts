import { readdir, stat } from "node:fs/promises"
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

/** A backup in the folder of backups, named by the time. */
export async function backupNow(parts: BackupParts): Promise<Backup> {
  return writeBackup(parts, join(backupFolder(parts.dataDir), `backup-${timeInName(parts.now())}${ending}`))
}
/** The backup that is taken by itself before an upgrade changes the database. */
export async function backupBeforeUpgrade(parts: BackupParts): Promise<Backup> {
  const name = `before-${productVersion}-${timeInName(parts.now())}${ending}`
  return writeBackup(parts, join(backupFolder(parts.dataDir), name))
}

export interface ListedBackup extends Omit<Backup, "migration" | "createdAt"> {
  createdAt: string
  /** Taken by itself, before an upgrade. */
  automatic: boolean
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
  const { tables, rows, files, createdAt } = manifest
    ? describe(name, found.size, manifest)
    : { tables: 0, rows: 0, files: 0, createdAt: found.mtime.toISOString() }
  const automatic = name.startsWith("before-")
  return {
    file: name,
    size: found.size,
    createdAt,
    tables,
    rows,
    files,
    automatic,
    checked: Boolean(manifest),
  }
}
