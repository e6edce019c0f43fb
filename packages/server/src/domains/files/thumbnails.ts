import { buffer } from "node:stream/consumers"
import type { ThumbnailSize } from "@regulars/contract/domains/general.endpoints.ts"
import type { Services } from "../../kernel/context.ts"
import { AppError } from "../../kernel/errors.ts"
import type { FileRow } from "./files.queries.ts"
import { isRaster } from "./files.rules.ts"
import { type Cache, findThumbnail, keepThumbnail } from "./thumbnail-cache.ts"

/** Longest side in pixels, enough for screens that show two for one. */
const sides: Record<ThumbnailSize, number> = { small: 160, medium: 480, large: 1600 }
/** Pixels a picture may have when it is unpacked, of whatever its header says. */
const mostPixels = 50_000_000
const largestOriginal = 25 * 1024 * 1024
const patienceSeconds = 10
/** What is opened at all: libvips knows many formats more. */
const readers = ["Jpeg", "Png", "Nsgif", "Webp", "Heif"].map((name) => `VipsForeignLoad${name}`)

/**
 * A picture made smaller, as WebP without what the camera wrote into it (place, time, device); of one that moves, the
 * first of its pictures. Throws `unsupported_format` for what is no picture, or none that can be made smaller, and
 * `unavailable` where too many wait.
 */
export async function thumbnailOf(
  services: Pick<Services, "contents" | "dataDir" | "now">,
  { hash, mediaType, size }: FileRow,
  wanted: ThumbnailSize,
): Promise<Buffer> {
  if (!isRaster(mediaType) || size > largestOriginal) throw noThumbnail()
  const { contents } = services
  const cache: Cache = services
  const known = await findThumbnail(cache, hash, wanted)
  if (known) return unlessNone(known)
  return inTurn(async () => {
    // Whoever asked before may have had it made.
    const made = await findThumbnail(cache, hash, wanted)
    if (made) return unlessNone(made)
    const small = (await shrink(await buffer(await contents.read(hash)), sides[wanted])) ?? none
    await keepThumbnail(cache, { hash, size: wanted }, small)
    return unlessNone(small)
  })
}
/** Kept in the place of a small picture where there can't be one, so that nobody tries in vain again. */
const none = Buffer.alloc(0)
function unlessNone(small: Buffer): Buffer {
  if (small.length === 0) throw noThumbnail()
  return small
}

const mostWaiting = 200
let waiting = 0
let last: Promise<unknown> = Promise.resolve()
/** One after the other: unpacked pictures are large. Throws `unavailable` where too many wait. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting >= mostWaiting)
    throw new AppError("unavailable", {
      detail: "Many pictures are being made smaller. Try again in a moment.",
    })
  waiting += 1
  const turn = last.then(work).finally(() => {
    waiting -= 1
  })
  last = turn.catch(() => undefined)
  return turn
}

/** Undefined for what sharp can't make smaller. */
async function shrink(content: Buffer, side: number): Promise<Buffer | undefined> {
  const sharp = await loadSharp()
  return sharp(content, { limitInputPixels: mostPixels, failOn: "none", sequentialRead: true })
    .autoOrient()
    .resize(side, side, { fit: "inside", withoutEnlargement: true })
    .timeout({ seconds: patienceSeconds })
    .webp({ quality: 80 })
    .toBuffer()
    .catch(() => undefined)
}
/** Loaded when the first picture is asked for: it is large, and many never need it. */
async function loadSharp() {
  const { default: sharp } = await import("sharp")
  sharp.cache(false)
  sharp.concurrency(1)
  sharp.block({ operation: ["VipsForeignLoad"] })
  sharp.unblock({ operation: readers })
  return sharp
}

function noThumbnail(): AppError {
  return new AppError("unsupported_format", { detail: "There is no smaller picture of this file." })
}
