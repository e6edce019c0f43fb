import type { Readable } from "node:stream"
import type { ThumbnailSize } from "@regulars/contract/domains/general.endpoints.ts"
import { writeContent } from "../../kernel/contents/write-content.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, invalid, notFound } from "../../kernel/errors.ts"
import { newId } from "../../kernel/ids.ts"
import { attachmentsOf, type FileRow, findFiles, insertFile, lockContent } from "./files.queries.ts"
import { isRaster, isTooLarge, mostMegapixels, safeName, sniffMediaType } from "./files.rules.ts"
import { imageSize } from "./image-size.ts"
import { scanFile } from "./scan.ts"
import { thumbnailOf } from "./thumbnails.ts"

/** Largest attachment in bytes. */
export const largestAttachment = 25 * 1024 * 1024

/**
 * Stores a stream as a file of this workspace, in constant memory. `limit` is in bytes; `readSoon` keeps what is read
 * by its path next at hand. Throws
 * `payload_too_large`, and `validation_failed` for a picture of more pixels than anybody should decode or what a
 * virus scanner finds something in.
 */
export async function storeStream(
  ctx: Context,
  stream: Readable,
  name: string,
  { limit, readSoon = false }: { limit: number; readSoon?: boolean },
): Promise<FileRow> {
  const cleanName = safeName(name)
  const { hash, size, head } = await writeContent(ctx.services.contents, stream, limit, {
    async inspect(path, content) {
      refuseTooManyPixels(content.head, cleanName)
      await scanFile(ctx.services.config, path, content.size)
    },
    readSoon,
  })
  const now = ctx.now()
  const file: FileRow = {
    id: newId(now.getTime()),
    hash,
    name: cleanName,
    mediaType: sniffMediaType(head, cleanName),
    size,
    createdBy: ctx.actor.memberId,
    createdAt: now.toISOString(),
  }
  await lockContent(ctx, hash, "shared")
  // Old content nobody had a row for may have been swept the moment it came once more.
  if (!(await ctx.services.contents.look(hash, { once: true })))
    throw new AppError("unavailable", { detail: "The file was not kept. Send it again.", retryAfter: 1 })
  await insertFile(ctx, file)
  return file
}

/** Goes by what the picture says of itself: nothing is decoded. */
function refuseTooManyPixels(head: Buffer, name: string): void {
  const pixels = imageSize(sniffMediaType(head, name), head)
  if (pixels && isTooLarge(pixels))
    throw invalid(
      "file",
      "image_too_large",
      `is a picture of more than ${mostMegapixels} megapixels; make it smaller and send it again`,
      mostMegapixels,
    )
}

/** A file of this workspace with its content, for work of the product itself. Throws `not_found`. */
export async function openFile(ctx: Context, id: string): Promise<{ file: FileRow; stream: Readable }> {
  const [file] = await findFiles(ctx, [id])
  if (!file) throw notFound()
  return { file, stream: await ctx.services.contents.read(file.hash) }
}

/** By which name the content of a file is kept. Throws `not_found`. */
export async function hashOfFile(ctx: Context, id: string): Promise<string> {
  const [file] = await findFiles(ctx, [id])
  if (!file) throw notFound()
  return file.hash
}

/**
 * A file as the caller may see it: through a living record it is attached to and they may read, or, attached to
 * nothing, as the one who uploaded it. Throws `not_found`, alike for every reason.
 */
export async function visibleFile(ctx: Context, id: string): Promise<FileRow> {
  const [[file], attachments] = await Promise.all([findFiles(ctx, [id]), attachmentsOf(ctx, id)])
  if (!file) throw notFound()
  const isOwn = attachments.length === 0 && file.createdBy !== null && file.createdBy === ctx.actor.memberId
  const isAttached = attachments.some(
    ({ entity, deleted }) => !deleted && ctx.permissions.has(`${entity}:read`),
  )
  if (!isOwn && !isAttached) throw notFound()
  return file
}

/** The content of a file, or of a small picture of it; its size in bytes. Throws `not_found` and `unsupported_format`. */
export async function openContent(
  { services, workspaceId }: Context,
  file: FileRow,
  thumbnail: ThumbnailSize | undefined,
): Promise<{ body: Readable | Buffer; size: number }> {
  if (!thumbnail) return { body: await services.contents.read(file.hash), size: file.size }
  const body = await thumbnailOf({ services, workspaceId }, file, thumbnail)
  return { body, size: body.length }
}

/** Those of the files that are pictures a browser may show. */
export async function imagesAmong(ctx: Context, ids: readonly string[]): Promise<Set<string>> {
  const files = await findFiles(ctx, ids)
  return new Set(files.filter(({ mediaType }) => isRaster(mediaType)).map(({ id }) => id))
}
