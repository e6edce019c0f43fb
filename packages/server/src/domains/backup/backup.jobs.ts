import { noteSecurityApart } from "../../kernel/audit/note.ts"
import { backupNow } from "../../kernel/backup/backup-folder.ts"
import type { Context, JobHandler } from "../../kernel/context.ts"
import { asSystem } from "../../kernel/jobs/run.ts"
import {
  getOperation,
  isOpen,
  lockOperation,
  operationsOf,
  type Progress,
  reportProgress,
} from "../../kernel/operations/operations.ts"

/** Progress is told this often, in milliseconds. */
const pause = 1000
class Cancelled extends Error {}

/**
 * Makes a backup and reports to its operation. The reports have transactions of their own, so that people see
 * them while the work goes on.
 */
export const backupJob: JobHandler = {
  name: "backup.make",
  attempts: 2,
  opensOwn: true,
  undertaking: operationsOf("backup"),
  async handle(ctx, payload) {
    const id = String(payload.id)
    if (!isOpen(await getOperation(ctx, id))) return
    const report = (progress: Progress) => tell(ctx, id, progress)
    try {
      await report({ status: "running" })
      const { file: _, ...summary } = await backupNow({ ...parts(ctx), onProgress: everySecond(report) })
      await report({ status: "done", done: summary.rows, total: summary.rows, summary })
      const memberId = (await getOperation(ctx, id)).createdBy
      await noteSecurityApart(ctx.services, { workspaceId: ctx.workspaceId, memberId }, "backed_up", {
        operationId: id,
      })
    } catch (error) {
      if (error instanceof Cancelled) return report({ status: "cancelled" })
      ctx.log.error({ err: error as Error }, "a backup could not be made")
      await report({ status: "failed", summary: { error: (error as Error).message } })
    }
  },
}
function parts({ services }: Context) {
  return { pools: services.pools, dataDir: services.dataDir, now: services.now }
}

/** Throws when somebody asked to stop. */
async function tell(ctx: Context, id: string, progress: Progress): Promise<void> {
  await asSystem(ctx.services, ctx.workspaceId, 0, async (own) => {
    const { cancelRequested } = await lockOperation(own, id)
    if (cancelRequested && progress.status === undefined) throw new Cancelled()
    await reportProgress(own, id, progress)
  })
}
function everySecond(report: (progress: Progress) => Promise<void>) {
  let told = 0
  return async (done: number, total: number): Promise<void> => {
    if (performance.now() - told < pause) return
    told = performance.now()
    await report({ done, total: Math.round(total) })
  }
}
