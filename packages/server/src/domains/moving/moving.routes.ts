import { createReadStream } from "node:fs"
import { stat } from "node:fs/promises"
import { movingEndpoints } from "@regulars/contract/domains/moving.endpoints.ts"
import { noteSecurityApart } from "../../kernel/audit/note.ts"
import { disposition } from "../../kernel/http/disposition.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import { getOperation } from "../../kernel/operations/operations.ts"
import { allowDownload, downloadable, listExports, requirePerson, startExport } from "./moving.service.ts"

export const movingHandlers: Handlers = implement(movingEndpoints, {
  "GET /whole-exports": async (ctx) => ({ data: await listExports(ctx) }),
  "POST /whole-exports": async (ctx, _, { identity }) => {
    requirePerson(identity)
    return { data: await getOperation(ctx, await startExport(ctx)) }
  },
  "POST /whole-exports/:id/link": async (ctx, { params: { id } }, { identity }) => {
    requirePerson(identity)
    const { token, expiresAt } = await allowDownload(ctx, id)
    return { data: { url: `/api/v1/whole-exports/${id}/content?token=${token}`, expiresAt } }
  },
  "GET /whole-exports/:id/content": async (ctx, { params, query }, { identity, reply }) => {
    requirePerson(identity)
    const { path, name } = await downloadable(ctx, params.id, query.token)
    const { size } = await stat(path)
    const { services, workspaceId, actor } = ctx
    // Noted before the first byte leaves, whatever becomes of the download.
    await noteSecurityApart(services, { workspaceId, memberId: actor.memberId }, "everything_downloaded", {
      operationId: params.id,
    })
    reply.headers({
      "content-type": "application/zip",
      "content-length": size,
      "content-disposition": disposition("attachment", name),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    })
    await reply.send(createReadStream(path))
  },
})
