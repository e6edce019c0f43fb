import { mkdir, rename, rm } from "node:fs/promises"
import { basename, dirname, resolve } from "node:path"
import { promisify } from "node:util"
import { gzip as gzipCallback } from "node:zlib"
import { type ContentStore, contentKey } from "../contents/content-store.ts"
import type { Pools } from "../db/pools.ts"
import { AppError } from "../errors.ts"
import { newId } from "../ids.ts"
import { isThere, syncFolder } from "../postgres/files.ts"
import { verifyArchive } from "./archive-reader.ts"
import { type ArchiveWriter, createArchive } from "./archive-writer.ts"
import {
  contentsNamed,
  copyOut,
  listSequences,
  listTables,
  noteBackup,
  openClient,
  readState,
  type Table,
} from "./backup.queries.ts"
import {
  filePrefix,
  formatVersion,
  type Manifest,
  type ManifestTable,
  partName,
  productVersion,
} from "./manifest.ts"
import { BackupProblem } from "./problem.ts"

const gzip = promisify(gzipCallback)
/** COPY text is packed in parts of about this many bytes, some of them at the same time. */
const partSize = 8 * 1024 * 1024
const packedAtOnce = 3
/** Fast, and within a tenth of what more patience would save. */
const compression = 4

export interface BackupParts {
  pools: Pools
  contents: ContentStore
  now: () => Date
  /** Told how far it is: rows done, and how many there are at a guess. What it throws ends the backup. */
  onProgress?: (done: number, total: number) => void | Promise<void>
}
export interface Backup {
  file: string
  /** Bytes. */
  size: number
  createdAt: string
  tables: number
  rows: number
  files: number
  /** Files of which the store had no content. */
  missing: number
  migration: string
}

/**
 * Writes the whole installation into one file: every table as it is at one moment, and the file store; secrets
 * stay where they are. Others go on working meanwhile. The file gets its name when it is complete, on the disk
 * and has been read back. Throws BackupProblem.
 */
export async function writeBackup(parts: BackupParts, file: string): Promise<Backup> {
  const path = resolve(file)
  if (await isThere(path)) throw new BackupProblem(`${path} is there already. Choose another name.`)
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.${newId().slice(-12)}.partial`
  const createdAt = parts.now()
  try {
    const archive = await createArchive(draft, createdAt)
    const size = await fill(archive, parts, createdAt).finally(() => archive.close())
    const manifest = await verifyArchive(draft)
    await rename(draft, path)
    await syncFolder(dirname(path))
    const backup = describe(path, size, manifest)
    await noteBackup(parts.pools, { ...backup, file: basename(path) })
    return backup
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

export function describe(file: string, size: number, manifest: Manifest): Backup {
  const { createdAt, migration, tables, members, missing = 0 } = manifest
  return {
    file,
    size,
    createdAt,
    tables: tables.length,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    files: members.filter(({ name }) => name.startsWith(filePrefix)).length,
    missing,
    migration,
  }
}

async function fill(archive: ArchiveWriter, parts: BackupParts, createdAt: Date): Promise<number> {
  const client = await openClient(parts.pools, "backup")
  try {
    // What the first query sees, all others see.
    await client.query("begin transaction isolation level repeatable read read only")
    const { migration, postgres } = await readState(client)
    if (!migration) throw new BackupProblem("There is nothing to back up: the database is empty.")
    const tables = await listTables(client)
    const total = tables.reduce((sum, { estimate }) => sum + estimate, 0)
    const written: ManifestTable[] = []
    let done = 0
    for (const table of tables) {
      const { parts: count, rows } = await addTable(archive, table, copyOut(client, table), (rows) =>
        parts.onProgress?.(done + rows, Math.max(total, done + rows)),
      )
      const { schema, name, columns } = table
      written.push({ schema, name, columns, rows, parts: count })
      done += rows
    }
    const sequences = await listSequences(client)
    const named = await contentsNamed(client)
    await client.query("commit")
    // After the rows: a file is in the store before a row names it.
    const lacking = await addFiles(archive, parts.contents, named)
    // What was erased meanwhile may have gone from the store, and nobody misses it.
    const missing =
      lacking.size > 0 ? [...(await contentsNamed(client))].filter((hash) => lacking.has(hash)).length : 0
    return await archive.finish({
      format: formatVersion,
      product: productVersion,
      createdAt: createdAt.toISOString(),
      migration,
      postgres,
      tables: written,
      sequences,
      ...(missing > 0 && { missing }),
      members: [...archive.members],
    })
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function addTable(
  archive: ArchiveWriter,
  table: Table,
  rows: AsyncIterable<Buffer>,
  onRows: (rows: number) => void | Promise<void>,
): Promise<{ parts: number; rows: number }> {
  const packing: Promise<Buffer>[] = []
  let parts = 0
  let count = 0
  const writeFirst = async () => archive.add(partName(table, ++parts), await packing.shift()!)
  const pack = async (part: Buffer) => {
    const packed = gzip(part, { level: compression })
    // Awaited in its turn; an error until then must not count as unhandled.
    packed.catch(() => undefined)
    packing.push(packed)
    if (packing.length >= packedAtOnce) await writeFirst()
    await onRows(count)
  }
  let chunks: Buffer[] = []
  let length = 0
  for await (const chunk of rows) {
    chunks.push(chunk)
    length += chunk.length
    count += linesIn(chunk)
    if (length < partSize) continue
    await pack(Buffer.concat(chunks))
    chunks = []
    length = 0
  }
  if (length > 0) await pack(Buffer.concat(chunks))
  while (packing.length > 0) await writeFirst()
  return { parts, rows: count }
}
/** COPY ends each row with a line feed and writes those inside values as \n. */
function linesIn(chunk: Buffer): number {
  let lines = 0
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1
  return lines
}

/** Adds the contents that rows name, and no other's; returns those that the store lacks. */
async function addFiles(
  archive: ArchiveWriter,
  contents: ContentStore,
  named: ReadonlySet<string>,
): Promise<Set<string>> {
  const lacking = new Set(named)
  for await (const page of contents.list())
    for (const { hash, size } of page.filter((content) => named.has(content.hash))) {
      const stream = await contents.read(hash).catch(ignoreMissing)
      if (!stream) continue
      await archive.addStream(filePrefix + contentKey(hash), size, stream)
      lacking.delete(hash)
    }
  return lacking
}
function ignoreMissing(error: unknown): undefined {
  if (!(error instanceof AppError && error.code === "not_found")) throw error
}
