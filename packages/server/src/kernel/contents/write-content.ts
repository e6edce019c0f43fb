import { createHash } from "node:crypto"
import { mkdir, open, rm } from "node:fs/promises"
import { join } from "node:path"
import type { Readable } from "node:stream"
import { AppError } from "../errors.ts"
import { newId } from "../ids.ts"
import type { ContentStore } from "./content-store.ts"

/** Bytes at the beginning of content by which it is told what it is. */
const headLength = 256 * 1024

export interface Content {
  /** SHA-256 in hexadecimal. */
  hash: string
  size: number
  /** The beginning, all of it where it is shorter than `headLength`. */
  head: Buffer
}
/**
 * Writes a stream to its place by content, in constant memory: complete and safely kept, or not there at all.
 * Throws `payload_too_large` beyond `limit` bytes, and what `inspect` throws, which sees it before it has its place.
 * `readSoon` keeps it at hand on this machine.
 */
export async function writeContent(
  contents: ContentStore,
  stream: Readable,
  limit: number,
  {
    inspect,
    readSoon = false,
  }: { inspect?: (path: string, content: Content) => Promise<void>; readSoon?: boolean } = {},
): Promise<Content> {
  await mkdir(contents.waitingRoom, { recursive: true, mode: 0o700 })
  const path = join(contents.waitingRoom, newId())
  try {
    const content = await copy(stream, path, limit)
    await inspect?.(path, content)
    await contents.take(path, { ...content, readSoon })
    return content
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/** As `writeContent`, for content that was accepted elsewhere before: of any size. Returns its hash. */
export async function putContent(contents: ContentStore, stream: Readable): Promise<string> {
  return (await writeContent(contents, stream, Number.POSITIVE_INFINITY)).hash
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
