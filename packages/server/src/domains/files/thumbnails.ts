import { buffer } from "node:stream/consumers"
import type { ThumbnailSize } from "@regulars/contract/domains/general.endpoints.ts"
import type { Services } from "../../kernel/context.ts"
import { AppError } from "../../kernel/errors.ts"
import { fairTurns } from "./fair-turns.ts"
import type { FileRow } from "./files.queries.ts"
import { isRaster, mostPixels } from "./files.rules.ts"
import { findThumbnail, keepThumbnail } from "./thumbnail-cache.ts"

/** Longest side in pixels, enough for screens that show two for one. */
const sides: Record<ThumbnailSize, number> = { small: 160, medium: 480, large: 1600 }
const largestOriginal = 25 * 1024 * 1024
const patienceSeconds = 10
/** Milliseconds in which a picture must have come from where it is kept. */
const fetchPatience = 30_000
/** Pictures held in memory: while one is unpacked the next ones are fetched, and one that comes slowly holds up none. */
const heldAtOnce = 3
/** What is opened at all: libvips knows many formats more. */
const readers = ["Jpeg", "Png", "Nsgif", "Webp", "Heif"].map((name) => `VipsForeignLoad${name}`)

type Aside = Pick<Services, "contents" | "dataDir" | "now">
/**
 * A picture made smaller, as WebP without what the camera wrote into it (place, time, device); of one that moves, the
 * first of its pictures. Throws `unsupported_format` for what is no picture, or none that can be made smaller, and
 * `unavailable` where too many of this workspace wait or the picture does not come.
 */
export async function thumbnailOf(
  { services, workspaceId }: { services: Aside; workspaceId: string },
  { hash, mediaType, size }: FileRow,
  wanted: ThumbnailSize,
): Promise<Buffer> {
  if (!isRaster(mediaType) || size > largestOriginal) throw noThumbnail()
  const known = await findThumbnail(services, hash, wanted)
  if (known) return unlessNone(known)
  return fetching(workspaceId, async () => {
    // Whoever asked before may have had it made.
    const made = await findThumbnail(services, hash, wanted)
    if (made) return unlessNone(made)
    const original = await fetchOriginal(services.contents, hash)
    const small = (await unpacking("", () => shrink(original, sides[wanted]))) ?? none
    await keepThumbnail(services, { hash, size: wanted }, small)
    return unlessNone(small)
  })
}
const fetching = fairTurns({ atOnce: heldAtOnce, mostWaiting: 200 })
/** One after the other: unpacked pictures are large. */
const unpacking = fairTurns({ atOnce: 1, mostWaiting: heldAtOnce })

async function fetchOriginal(contents: Aside["contents"], hash: string): Promise<Buffer> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new AppError("unavailable", { detail: "The picture comes too slowly. Try again later." })),
    fetchPatience,
  )
  try {
    return await Promise.race([contents.read(hash).then(buffer), late])
  } finally {
    clearTimeout(timer)
  }
}
/** Kept in the place of a small picture where there can't be one, so that nobody tries in vain again. */
const none = Buffer.alloc(0)
function unlessNone(small: Buffer): Buffer {
  if (small.length === 0) throw noThumbnail()
  return small
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
