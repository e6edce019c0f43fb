import { backupEndpoints } from "@regulars/contract/domains/backup.endpoints.ts"
import { backupFolder, listBackups } from "../../kernel/backup/backup-folder.ts"
import { type Handlers, implement } from "../../kernel/http/handlers.ts"
import { orderStep } from "../../kernel/jobs/undertakings.ts"
import { getOperation, startOperation } from "../../kernel/operations/operations.ts"

export const backupHandlers: Handlers = implement(backupEndpoints, {
  "GET /backups": async ({ services }) => ({
    data: await listBackups(services.dataDir),
    folder: backupFolder(services.dataDir),
  }),
  "POST /backups": async (ctx) => {
    const operationId = await startOperation(ctx, { kind: "backup" })
    await orderStep(ctx, "backup.make", operationId)
    return { data: await getOperation(ctx, operationId) }
  },
})
