import { createHash } from "node:crypto"
import { createWriteStream, openAsBlob } from "node:fs"
import { mkdir, rename, rm, utimes } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { newId } from "../ids.ts"
import {
  type ContentStore,
  contentKey,
  deleteOld,
  hashOfKey,
  missingContent,
  ownerKey,
  type StoredContent,
} from "./content-store.ts"
import { away, type S3Place, type S3Send, type S3Timing, s3Client } from "./s3-client.ts"

/**
 * Keeps contents in a bucket of an S3-compatible store, under the names the folder has. What goes there and what comes
 * from there is compared with its hash: by the store, which signs for it, and here.
 */
export function s3Store(
  place: S3Place,
  waitingRoom: string,
  timing: S3Timing = { patience: 15_000, pause: 250 },
): ContentStore {
  const send = s3Client(place, timing)
  const copies = join(dirname(waitingRoom), "copies")
  const copyOf = (hash: string) => join(copies, basename(contentKey(hash)))
  const read = async (hash: string): Promise<Readable> => {
    const answer = await send({ method: "GET", key: contentKey(hash) })
    if (!answer?.body) throw missingContent()
    return Readable.from(verified(answer.body, hash), { objectMode: false })
  }
  return {
    isShared: true,
    waitingRoom,
    async take(path, { hash, readSoon }) {
      const answer = await send({
        method: "PUT",
        key: contentKey(hash),
        headers: { "x-amz-content-sha256": hash },
        body: await openAsBlob(path),
      })
      if (!answer) throw away("404")
      await answer.body?.cancel()
      if (!readSoon) return rm(path)
      await mkdir(copies, { recursive: true, mode: 0o700 })
      await rename(path, copyOf(hash))
    },
    read,
    async pathOf(hash) {
      const path = copyOf(hash)
      const now = new Date()
      const isHere = await utimes(path, now, now).then(
        () => true,
        () => false,
      )
      if (!isHere) await copyTo(path, await read(hash))
      return path
    },
    async look(hash, { once } = { once: false }) {
      const answer = await send({ method: "HEAD", key: contentKey(hash), once })
      const size = Number(answer?.headers.get("content-length") ?? Number.NaN)
      const writtenAt = new Date(answer?.headers.get("last-modified") ?? Number.NaN)
      return answer && { hash, size, writtenAt }
    },
    async *list() {
      let after: string | undefined
      do {
        const answer = await send({ method: "GET", query: listing(place, 1000, after) })
        if (!answer) throw away("404")
        const page = readListing(await answer.text().catch(brokenOff), place.folder)
        yield page.contents
        after = page.next
      } while (after !== undefined)
    },
    async remove(hash) {
      await rm(copyOf(hash), { force: true })
      const answer = await send({ method: "DELETE", key: contentKey(hash), once: true })
      await answer?.body?.cancel()
    },
    async check() {
      const answer = await send({ method: "GET", query: listing(place, 1), once: true, isCheck: true })
      await answer?.body?.cancel()
    },
    ...markOf(send),
    async tidy(now) {
      await deleteOld(waitingRoom, now)
      await deleteOld(copies, now)
    },
  }
}

function markOf(send: S3Send): Pick<ContentStore, "owner" | "setOwner"> {
  return {
    async owner() {
      const answer = await send({ method: "GET", key: ownerKey, once: true })
      return (await answer?.text().catch(brokenOff))?.trim() || undefined
    },
    async setOwner(instanceId) {
      const text = `${instanceId}\n`
      const answer = await send(
        instanceId === undefined
          ? { method: "DELETE", key: ownerKey }
          : {
              method: "PUT",
              key: ownerKey,
              headers: { "x-amz-content-sha256": createHash("sha256").update(text).digest("hex") },
              body: new Blob([text]),
            },
      )
      await answer?.body?.cancel()
    },
  }
}

/** Complete, or not there at all. */
async function copyTo(path: string, content: Readable): Promise<void> {
  const draft = `${path}.${newId()}`
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  try {
    await pipeline(content, createWriteStream(draft, { mode: 0o600 }))
    await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
}

/** The content; fails before its last part has left when it is not what its name says. */
async function* verified(body: AsyncIterable<Uint8Array>, hash: string): AsyncGenerator<Uint8Array> {
  const sum = createHash("sha256")
  let held: Uint8Array | undefined
  try {
    for await (const chunk of body) {
      if (held) yield held
      sum.update(chunk)
      held = chunk
    }
  } catch (error) {
    brokenOff(error)
  }
  if (sum.digest("hex") !== hash) throw away("other content than was asked for")
  if (held) yield held
}
function brokenOff(_: unknown): never {
  throw away("its answer broke off")
}

function listing({ folder }: S3Place, count: number, after?: string): Record<string, string> {
  return {
    "list-type": "2",
    "max-keys": String(count),
    "encoding-type": "url",
    prefix: folder,
    ...(after !== undefined && { "start-after": after }),
  }
}
interface Listing {
  contents: StoredContent[]
  /** The name after which the next page begins; undefined after the last one. */
  next: string | undefined
}
/** Few tags with nothing inside but names of ours, numbers and times; what else lies in the bucket is passed over. */
function readListing(xml: string, folder: string): Listing {
  const tag = (text: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? ""
  const entries = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, entry = ""]) => ({
    key: decodeURIComponent(tag(entry, "Key").replaceAll("+", " ")),
    size: Number(tag(entry, "Size")),
    writtenAt: new Date(tag(entry, "LastModified")),
  }))
  const contents = entries.flatMap(({ key, ...content }) => {
    const hash = key.startsWith(folder) ? hashOfKey(key.slice(folder.length)) : undefined
    return hash ? [{ hash, ...content }] : []
  })
  return { contents, next: tag(xml, "IsTruncated") === "true" ? entries.at(-1)?.key : undefined }
}
