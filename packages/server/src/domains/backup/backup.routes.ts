import { createReadStream } from "node:fs"
import { stat } from "node:fs/promises"
import { backupEndpoints } from "@regulars/contract/domains/backup.endpoints.ts"
import { noteSecurityApart } from "../../kernel/audit/note.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError } from "../../kernel/errors.ts"
import { disposition } from "../../kernel/http/disposition.ts"
import { type Exchange, type Handlers, implement } from "../../kernel/http/handlers.ts"
import { orderStep } from "../../kernel/jobs/undertakings.ts"
import { getOperation, startOperation } from "../../kernel/operations/operations.ts"
import {
  backupsOf,
  changeBackupPlan,
  deleteBackup,
  letSend,
  pathOfBackup,
  requireAlone,
} from "./backup.service.ts"

export const backupHandlers: Handlers = implement(backupEndpoints, {
  "GET /backups": (ctx) => backupsOf(ctx),
  "POST /backups": async (ctx) => {
    const operationId = await startOperation(ctx, { kind: "backup" })
    await orderStep(ctx, "backup.make", operationId)
    return { data: await getOperation(ctx, operationId) }
  },
  "PATCH /backups/plan": async (ctx, { body }) => ({ data: await changeBackupPlan(ctx, body) }),
  "POST /backups/resume-sending": (ctx) => letSend(ctx),
  "POST /backups/:file/verify": async (ctx, { params }) => {
    await pathOfBackup(ctx, params.file)
    const operationId = await startOperation(ctx, { kind: "verify", input: { file: params.file } })
    await orderStep(ctx, "backup.verify", operationId)
    return { data: await getOperation(ctx, operationId) }
  },
  "GET /backups/:file/content": (ctx, { params }, exchange) => download(ctx, params.file, exchange),
  "DELETE /backups/:file": (ctx, { params }) => deleteBackup(ctx, params.file),
})

async function download(ctx: Context, name: string, { reply, identity }: Exchange): Promise<void> {
  await requireAlone(ctx)
  if (identity.apiKeyId !== null)
    throw new AppError("forbidden", { detail: "A backup is for people who are signed in, not for API keys." })
  const path = await pathOfBackup(ctx, name)
  const { size } = await stat(path)
  const { services, workspaceId, actor } = ctx
  // Noted before the first byte leaves, whatever becomes of the download.
  await noteSecurityApart(services, { workspaceId, memberId: actor.memberId }, "backup_downloaded", {
    file: name,
  })
  reply.headers({
    "content-type": "application/octet-stream",
    "content-length": size,
    "content-disposition": disposition("attachment", name),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  })
  await reply.send(createReadStream(path))
}
