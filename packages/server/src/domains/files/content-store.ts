import { createHash } from "node:crypto"
import { mkdir, open, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises"
import { basename, join } from "node:path"
import type { Readable } from "node:stream"
import type { Services } from "../../kernel/context.ts"
import { AppError } from "../../kernel/errors.ts"
import { newId } from "../../kernel/ids.ts"
import { headLength } from "./files.rules.ts"

type Place = Pick<Services, "dataDir">
/** Content nobody has a row for is kept this long: its row may be about to be written. */
const grace = 24 * 60 * 60 * 1000

function folder(place: Place): string {
  return join(place.dataDir, "files")
}
function waitingRoom(place: Place): string {
  return join(folder(place), "incoming")
}
/** Where content with this hash lies. Throws on a text that is no hash. */
export function filePath(place: Place, hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error("not a content hash")
  return join(folder(place), hash.slice(0, 2), hash)
}
/** Throws `not_found` when the content has got lost: a folder that was not brought along, say. */
export async function readContent(place: Place, hash: string): Promise<Readable> {
  const handle = await open(filePath(place, hash), "r").catch(() => {
    throw new AppError("not_found", {
      detail: "The content of this file is missing from the folder of files. A backup may hold it.",
    })
  })
  return handle.createReadStream()
}

export interface Content {
  /** SHA-256 in hexadecimal. */
  hash: string
  size: number
  head: Buffer
}
/**
 * Writes a stream to its place by content, in constant memory: complete and on the disk, or not there at all.
 * Throws `payload_too_large` beyond `limit` bytes, and what `inspect` throws, which sees it before it has its place.
 */
export async function writeContent(
  place: Place,
  stream: Readable,
  limit: number,
  inspect?: (path: string) => Promise<void>,
): Promise<Content> {
  await mkdir(waitingRoom(place), { recursive: true })
  const path = join(waitingRoom(place), newId())
  try {
    const content = await copy(stream, path, limit)
    await inspect?.(path)
    const target = filePath(place, content.hash)
    await mkdir(join(target, ".."), { recursive: true })
    // Also where the same content lies already: the sweeper then sees it as new.
    await rename(path, target)
    await syncFolder(join(target, ".."))
    return content
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/** As `writeContent`, for content that was accepted elsewhere before: of any size. Returns its hash. */
export async function putContent(place: Place, stream: Readable): Promise<string> {
  return (await writeContent(place, stream, Number.POSITIVE_INFINITY)).hash
}

async function copy(stream: Readable, path: string, limit: number): Promise<Content> {
  const hash = createHash("sha256")
  const beginning: Buffer[] = []
  let size = 0
  const file = await open(path, "wx", 0o600)
  try {
    // Left as it is when this ends early: whoever sends must be able to end, too.
    const chunks: AsyncIterable<Buffer> = stream.iterator({ destroyOnReturn: false })
    for await (const chunk of chunks) {
      if (size < headLength) beginning.push(chunk.subarray(0, headLength - size))
      size += chunk.length
      if (size > limit) throw tooLarge(limit)
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { hash: hash.digest("hex"), size, head: Buffer.concat(beginning) }
}
function tooLarge(limit: number): AppError {
  return new AppError("payload_too_large", {
    detail: `A file may have ${Math.floor(limit / 1024 / 1024)} MB at most.`,
  })
}
/** Makes the rename itself survive a power cut; Windows knows no handles of folders. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return
  const handle = await open(path, "r")
  await handle.sync().finally(() => handle.close())
}

interface Sweep {
  place: Place
  now: Date
  /** Which of some hashes a row names. */
  inUse: (hashes: string[]) => Promise<ReadonlySet<string>>
}
/**
 * Removes content that no row names and that has lain for a day, at most twice a day however often it is
 * called. Returns how many were removed.
 */
export async function sweepContents(sweep: Sweep): Promise<number> {
  const { place, now } = sweep
  const marker = join(folder(place), "swept")
  await mkdir(waitingRoom(place), { recursive: true })
  if ((await age(marker, now)) < grace / 2) return 0
  await writeFile(marker, "")
  await utimes(marker, now, now)
  for (const path of await namesIn(waitingRoom(place))) if ((await age(path, now)) > grace) await rm(path)
  let removed = 0
  for (const part of await namesIn(folder(place))) {
    const old: string[] = []
    if (/[/\\][0-9a-f]{2}$/.test(part))
      for (const path of await namesIn(part)) if ((await age(path, now)) > grace) old.push(basename(path))
    const used = old.length === 0 ? new Set() : await sweep.inUse(old)
    for (const hash of old) if (!used.has(hash) && (await removeUnused(sweep, hash))) removed += 1
  }
  return removed
}
async function removeUnused({ place, now, inUse }: Sweep, hash: string): Promise<boolean> {
  const moved = join(waitingRoom(place), newId())
  await rename(filePath(place, hash), moved)
  // An upload of the same content may have come between the look and the move.
  const isWanted = (await age(moved, now)) <= grace || (await inUse([hash])).has(hash)
  await (isWanted ? rename(moved, filePath(place, hash)) : rm(moved))
  return !isWanted
}
/** Milliseconds since something was written; what is not there is infinitely old. */
async function age(path: string, now: Date): Promise<number> {
  const written = (await stat(path).catch(() => undefined))?.mtimeMs
  return written === undefined ? Number.POSITIVE_INFINITY : now.getTime() - written
}
async function namesIn(path: string): Promise<string[]> {
  return (await readdir(path).catch(() => [])).map((name) => join(path, name))
}
