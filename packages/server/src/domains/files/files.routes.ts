import {
  generalEndpoints,
  type StoredFile,
  type ThumbnailSize,
} from "@regulars/contract/domains/general.endpoints.ts"
import type { FastifyRequest } from "fastify"
import type { Context } from "../../kernel/context.ts"
import { AppError, invalid } from "../../kernel/errors.ts"
import { disposition } from "../../kernel/http/disposition.ts"
import { type Exchange, type Handlers, implement } from "../../kernel/http/handlers.ts"
import { isRaster, servedType } from "./files.rules.ts"
import { largestAttachment, openContent, storeStream, visibleFile } from "./files.service.ts"

export const filesHandlers: Handlers = implement(generalEndpoints, {
  "POST /files": async (ctx, _, { request }) => ({ data: await upload(ctx, request) }),
  "GET /files/:id": async (ctx, { params: { id }, query: { size } }, exchange) =>
    download(ctx, { id, size }, exchange),
  "GET /files/:id/about": async (ctx, { params }) => ({ data: about(await visibleFile(ctx, params.id)) }),
})

function about({ id, name, mediaType, size, createdAt }: StoredFile): StoredFile {
  return { id, name, mediaType, size, createdAt }
}

async function upload(ctx: Context, request: FastifyRequest): Promise<StoredFile> {
  if (!request.isMultipart())
    throw new AppError("unsupported_format", { detail: "Send the file as multipart/form-data." })
  const part = await request.file()
  if (!part) throw invalid("file", "required", "a file is missing")
  try {
    return about(await storeStream(ctx, part.file, part.filename, { limit: largestAttachment }))
  } catch (error) {
    // What is still on its way is read and forgotten, so that the sender gets to see the answer.
    part.file.resume()
    throw error
  }
}

async function download(
  ctx: Context,
  { id, size }: { id: string; size: ThumbnailSize | undefined },
  { request, reply }: Exchange,
): Promise<void> {
  const file = await visibleFile(ctx, id)
  const tag = `"${size ? `${file.hash}-${size}` : file.hash}"`
  const isKnown = request.headers["if-none-match"] === tag
  const content = isKnown ? undefined : await openContent(ctx, file, size)
  reply.headers({
    "content-type": size ? "image/webp" : servedType(file.mediaType),
    "content-disposition": size
      ? disposition("inline", `${file.name}.webp`)
      : disposition(isRaster(file.mediaType) ? "inline" : "attachment", file.name),
    // Whatever a file holds, it runs nothing and reaches nothing.
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    // Asked for again each time: who may see it can change.
    "cache-control": "private, no-cache",
    etag: tag,
  })
  if (content) await reply.header("content-length", content.size).send(content.body)
  else await reply.code(304).send()
}
