import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type ThumbnailSize, thumbnailSizes } from "@regulars/contract/domains/general.endpoints.ts"
import type { Services } from "../../kernel/context.ts"
import { newId } from "../../kernel/ids.ts"
import { isThere } from "../../kernel/postgres/files.ts"

/** Bytes that all small pictures together may take. */
const room = 256 * 1024 * 1024
/** Milliseconds one is kept: what was erased must not stay here for long. */
const kept = 7 * 24 * 60 * 60 * 1000
const tidiedEvery = kept / 7

type Cache = Pick<Services, "dataDir" | "now">
interface State {
  bytes: number
  tidiedAt: number
}
/** By folder. Other processes may add to it: it is counted anew each time it is tidied. */
const states = new Map<string, State>()

function folderOf({ dataDir }: Cache): string {
  return join(dataDir, "thumbnails")
}
function pathOf(cache: Cache, hash: string, size: ThumbnailSize): string {
  return join(folderOf(cache), `${hash}-${size}.webp`)
}

export async function findThumbnail(
  cache: Cache,
  hash: string,
  size: ThumbnailSize,
): Promise<Buffer | undefined> {
  return readFile(pathOf(cache, hash, size)).catch(() => undefined)
}

/** Keeps a small picture in a folder that can be deleted at any time. `limit` is in bytes, for all of them. */
export async function keepThumbnail(
  cache: Cache,
  { hash, size }: { hash: string; size: ThumbnailSize },
  content: Buffer,
  limit: number = room,
): Promise<void> {
  const folder = folderOf(cache)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = join(folder, `${newId()}.partial`)
  await writeFile(draft, content)
  await rename(draft, pathOf(cache, hash, size))
  const now = cache.now().getTime()
  const state = states.get(folder) ?? { bytes: 0, tidiedAt: 0 }
  state.bytes += content.length
  if (state.bytes > limit || now - state.tidiedAt > tidiedEvery) {
    state.bytes = await tidy(folder, now, limit)
    state.tidiedAt = now
  }
  states.set(folder, state)
}
/** Deletes what is too old and, oldest first, what is too much; then a fifth is free. Returns the bytes left. */
async function tidy(folder: string, now: number, limit: number): Promise<number> {
  const names = await readdir(folder)
  const entries = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      const found = await stat(path).catch(() => undefined)
      return { path, bytes: found?.size ?? 0, writtenAt: found?.mtimeMs ?? 0 }
    }),
  )
  let left = entries.reduce((sum, { bytes }) => sum + bytes, 0)
  const isOver = left > limit
  for (const { path, bytes, writtenAt } of entries.sort((a, b) => a.writtenAt - b.writtenAt)) {
    const isTooMuch = isOver && left > limit * 0.8
    if (!isTooMuch && now - writtenAt <= kept) break
    await rm(path, { force: true })
    left -= bytes
  }
  return left
}

/** Deletes the small pictures of content that is removed. */
export async function forgetThumbnails(cache: Cache, hash: string): Promise<void> {
  for (const size of thumbnailSizes) await rm(pathOf(cache, hash, size), { force: true })
}
/** Deletes those that have had their time, also where no new ones are made. */
export async function tidyThumbnails(cache: Cache): Promise<void> {
  if (await isThere(folderOf(cache))) await tidy(folderOf(cache), cache.now().getTime(), room)
}
