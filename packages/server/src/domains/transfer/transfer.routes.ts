import { type ExportRequest, transferEndpoints } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { FastifyReply, FastifyRequest } from "fastify"
import { noteSecurityApart } from "../../kernel/audit/note.ts"
import type { Context } from "../../kernel/context.ts"
import { transaction } from "../../kernel/db/transaction.ts"
import { AppError, invalid } from "../../kernel/errors.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import { sendStream } from "../../kernel/http/send-stream.ts"
import { dayIn } from "../../kernel/time.ts"
import type { FileRow } from "../files/index.ts"
import { changeImport } from "./change-import.ts"
import { fileEndings, mediaTypes, prepareExport, writeExport } from "./export.ts"
import { viewList, viewOf } from "./import-view.ts"
import {
  createImport,
  forgetMapping,
  getImport,
  recentImports,
  savedMappings,
  storeUpload,
} from "./imports.service.ts"
import { writeRejects } from "./rejects.ts"
import { cancelImport, startCheck, startRun, undoImport } from "./start-import.ts"

export const transferHandlers: Handlers = implement(transferEndpoints, {
  "GET /imports": async (ctx) => ({ data: await viewList(ctx, await recentImports(ctx)) }),
  "POST /imports": async (ctx, _, { request }) => ({ data: await viewOf(ctx, await upload(ctx, request)) }),
  "GET /imports/:id": async (ctx, { params }) => ({
    data: await viewOf(ctx, await getImport(ctx, params.id)),
  }),
  "PATCH /imports/:id": async (ctx, { params, body }) => ({
    data: await viewOf(ctx, await changeImport(ctx, params.id, body)),
  }),
  "POST /imports/:id/check": async (ctx, { params }) => ({
    data: await viewOf(ctx, await startCheck(ctx, params.id)),
  }),
  "POST /imports/:id/run": async (ctx, { params }) => ({
    data: await viewOf(ctx, await startRun(ctx, params.id)),
  }),
  "POST /imports/:id/cancel": async (ctx, { params }) => ({
    data: await viewOf(ctx, await cancelImport(ctx, params.id)),
  }),
  "POST /imports/:id/undo": async (ctx, { params }) => ({
    data: await viewOf(ctx, await undoImport(ctx, params.id)),
  }),
  "GET /imports/:id/rejects": async (ctx, { params }, { reply }) => {
    const row = await getImport(ctx, params.id)
    const name = `${row.fileName.replace(/\.[^.]*$/, "")}-${params.id.slice(0, 8)}.csv`
    await sendStream(reply, { type: mediaTypes.csv, name }, (out) => writeRejects(ctx, row, out))
  },
  "GET /import-mappings": async (ctx) => ({ data: await savedMappings(ctx) }),
  "DELETE /import-mappings/:id": async (ctx, { params }) => forgetMapping(ctx, params.id),
  "GET /export": (ctx, { query }, { reply }) => sendExport(ctx, query, reply),
  "POST /export": (ctx, { body }, { reply }) => sendExport(ctx, body, reply),
})

async function upload(ctx: Context, request: FastifyRequest) {
  if (!request.isMultipart())
    throw new AppError("unsupported_format", { detail: "Send the file as multipart/form-data." })
  let entity: string | undefined
  let file: FileRow | undefined
  for await (const part of request.parts()) {
    if (part.type === "field") {
      if (part.fieldname === "entity") entity = String(part.value)
      continue
    }
    try {
      file = await storeUpload(ctx, { stream: part.file, name: part.filename }, entity)
    } catch (error) {
      // What is still on its way is read and forgotten, so that the sender gets to see the answer.
      part.file.resume()
      throw error
    }
  }
  if (!file) throw invalid("file", "required", "a file is missing")
  return createImport(ctx, file, entity)
}
async function sendExport(ctx: Context, request: ExportRequest, reply: FastifyReply): Promise<void> {
  const given = prepareExport(ctx, request)
  const name = `${request.entity}-${dayIn(ctx.timeZone, ctx.now())}.${fileEndings[request.format]}`
  const { services, workspaceId, actor } = ctx
  // Noted before the first byte leaves: whoever breaks the download off has read something all the same.
  await noteSecurityApart(services, { workspaceId, memberId: actor.memberId }, "exported", {
    entity: request.entity,
    format: request.format,
    filtered: request.filter !== undefined || request.ids !== undefined,
  })
  const snapshot = { role: "regulars_app", workspaceId, statementTimeout: 120_000, snapshot: true } as const
  await sendStream(reply, { type: mediaTypes[request.format], name }, (out) =>
    transaction(services.database, snapshot, (tx) => writeExport({ ...ctx, tx }, given, out)),
  )
}
