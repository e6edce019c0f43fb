import { readdir, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import type { Readable } from "node:stream"
import { AppError } from "../errors.ts"

export interface StoredContent {
  /** SHA-256 in hexadecimal. */
  hash: string
  /** Bytes. */
  size: number
  writtenAt: Date
}
/** Where the contents of files are kept, each once, named by the SHA-256 of its bytes. */
export interface ContentStore {
  /** Folder of this machine in which content waits until it is whole and was looked at. */
  waitingRoom: string
  /**
   * Takes in a file of the waiting room, which goes from there; content that lies here already counts as new.
   * `readSoon` says that `pathOf` is about to be asked for it.
   */
  take(path: string, content: { hash: string; size: number; readSoon: boolean }): Promise<void>
  /** Throws `not_found` where there is none; the stream fails where it is not what it should be. */
  read(hash: string): Promise<Readable>
  /** A path of this machine at which the content can be read until the next day. Throws as `read` does. */
  pathOf(hash: string): Promise<string>
  /** `once`, while a transaction waits: what may pass is not tried again. */
  look(hash: string, options?: { once: boolean }): Promise<StoredContent | undefined>
  /** All of it, in pages, ordered by hash. */
  list(): AsyncGenerator<StoredContent[]>
  remove(hash: string): Promise<void>
  /** Throws an Error that says which setting is wrong, or `unavailable` at once for what may pass. */
  check(): Promise<void>
  /** Other installations may reach it, too; a folder of the data belongs to whoever has the data. */
  isShared: boolean
  /** The mark that says whose place this is; undefined where there is none. */
  owner(): Promise<string | undefined>
  /** Writes the mark, or takes it away. */
  setOwner(instanceId: string | undefined): Promise<void>
  /** Deletes what was left on this machine for a day: uploads that broke off, and copies. */
  tidy(now: Date): Promise<void>
}

/** Path below the store: folders of two digits, so that none grows too large. Throws on a text that is no hash. */
export function contentKey(hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error("not a content hash")
  return `${hash.slice(0, 2)}/${hash}`
}
/** The hash that a path below the store stands for; undefined for a path that is none of ours. */
export function hashOfKey(key: string): string | undefined {
  return /^([0-9a-f]{2})\/(\1[0-9a-f]{62})$/.exec(key)?.[2]
}

/** Name of the mark below the store. */
export const ownerKey = "owner"
/** Milliseconds that what lies aside on this machine is kept after it was last written or asked for. */
const keptAside = 24 * 60 * 60 * 1000
export async function deleteOld(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found && now.getTime() - found.mtimeMs > keptAside) await rm(path, { force: true })
  }
}

/** A folder that was not brought along, say. */
export function missingContent(): AppError {
  return new AppError("not_found", {
    detail: "The content of this file is missing from the store of files. A backup may hold it.",
  })
}
