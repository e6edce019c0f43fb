import { resolve } from "node:path"
import { Readable } from "node:stream"
import { promisify } from "node:util"
import { gunzip as gunzipCallback } from "node:zlib"
import { type ContentStore, hashOfKey } from "../contents/content-store.ts"
import { foreignPlace } from "../contents/ownership.ts"
import { putContent } from "../contents/write-content.ts"
import { migrate, readMigrations } from "../db/migrate.ts"
import { migrateWithin } from "../db/migrate-within.ts"
import type { Pools } from "../db/pools.ts"
import { migrateJobs } from "../jobs/worker.ts"
import { type Member, membersOf, verifyArchive } from "./archive-reader.ts"
import { listTables, openClient } from "./backup.queries.ts"
import { filePrefix, type ManifestTable, partName } from "./manifest.ts"
import { BackupProblem } from "./problem.ts"
import {
  clearUnused,
  copyIn,
  refuseStrangers,
  setSequences,
  settle,
  stripForLoad,
} from "./restore.queries.ts"
import { type Backup, describe } from "./write-backup.ts"

const gunzip = promisify(gunzipCallback)
/** Far above what a part of a table can hold. */
const largestPart = 256 * 1024 * 1024

export interface RestoreParts {
  pools: Pools
  contents: ContentStore
  now: () => Date
  onProgress?: (line: string) => void
}

/** Puts a backup into an empty database, see `loadBackup`, and brings that to the newest version. */
export async function restoreBackup(parts: RestoreParts, file: string): Promise<Backup> {
  const restored = await loadBackup(parts, file)
  await migrate(parts.pools.owner)
  await migrateJobs(parts)
  await parts.pools.owner.query("analyze")
  return restored
}

/**
 * Puts a backup into an empty database, of the version that the backup was made by, and its files into the store.
 * Every checksum is compared before anything is changed, and all of it happens or nothing. Sending is paused in the
 * restored copy. Throws BackupProblem.
 */
export async function loadBackup(parts: RestoreParts, file: string): Promise<Backup> {
  const path = resolve(file)
  const { pools, now, onProgress } = parts
  const manifest = await verifyArchive(path)
  if (!(await readMigrations())[manifest.migration])
    throw new BackupProblem(
      `The backup was made by a newer version of Regulars (${manifest.product}). Update Regulars first.`,
    )
  const files = fileKeeper(parts.contents)
  const members = membersOf(path, manifest)
  const next: Next = async () => (await members.next()).value ?? undefined
  const client = await openClient(pools, "restore")
  try {
    await client.query("begin")
    const unused = await clearUnused(client)
    await files.open(unused)
    await migrateWithin(client, manifest.migration)
    refuseStrangers(manifest, await listTables(client))
    const putBack = await stripForLoad(client)
    for (const table of manifest.tables) {
      const rows = await copyIn(client, table, textOf(table, next))
      if (rows !== table.rows) throw new BackupProblem(`The backup is damaged: ${table.name} lacks rows.`)
      if (rows > 0) onProgress?.(`${table.name}: ${rows} rows`)
    }
    await files.keep(next)
    onProgress?.("Building indexes…")
    await putBack()
    await setSequences(client, manifest.sequences)
    await files.own(await settle(client, now().toISOString()))
    await client.query("commit")
  } catch (error) {
    await client.query("rollback").catch(() => undefined)
    await files.forget()
    throw error
  } finally {
    await members.return(undefined)
    await client.end().catch(() => undefined)
  }
  return describe(path, 0, manifest)
}

/** The members of an archive, one at each call. */
type Next = () => Promise<Member | undefined>
async function* textOf(table: ManifestTable, next: Next): AsyncGenerator<Buffer> {
  for (let part = 1; part <= table.parts; part++) {
    const member = await next()
    if (member?.name !== partName(table, part))
      throw new BackupProblem(
        `The backup is damaged: a part of ${table.name} is missing. Nothing was changed.`,
      )
    const chunks: Buffer[] = []
    for await (const chunk of member.content()) chunks.push(chunk)
    yield await gunzip(Buffer.concat(chunks), { maxOutputLength: largestPart })
  }
}

/** Puts files into the store, and takes those that were not there before away again. */
function fileKeeper(contents: ContentStore) {
  const made: string[] = []
  let owner: string | undefined
  let isOwned = false
  return {
    /**
     * The copy's files go into no place but one of nobody's, or of the unused installation whose place it takes;
     * into the folder of the data in any case: its database is gone, or the copy would not fit in.
     */
    async open(unused: string | undefined): Promise<void> {
      owner = await contents.owner()
      if (contents.isShared && owner !== undefined && owner !== unused)
        throw new BackupProblem(
          `${foreignPlace} Choose another place for the restored copy; or, if that installation is gone for good, delete this one file and restore again.`,
        )
    },
    async keep(next: Next): Promise<void> {
      for (let member = await next(); member; member = await next()) {
        // A name is never trusted to stay inside the store.
        const hash = member.name.startsWith(filePrefix) && hashOfKey(member.name.slice(filePrefix.length))
        if (!hash) throw new BackupProblem(`The backup holds "${member.name}", which no backup should hold.`)
        if (!(await contents.look(hash))) made.push(hash)
        const found = await putContent(contents, Readable.from(member.content()))
        if (found === hash) continue
        made.push(found)
        throw new BackupProblem(`The backup holds other content than "${member.name}" says.`)
      }
    },
    async own(instanceId: string): Promise<void> {
      await contents.setOwner(instanceId)
      isOwned = true
    },
    async forget(): Promise<void> {
      if (isOwned) await contents.setOwner(owner)
      for (const hash of made) await contents.remove(hash)
    },
  }
}
