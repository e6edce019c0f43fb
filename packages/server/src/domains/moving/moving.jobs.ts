import { rm } from "node:fs/promises"
import { actingFor } from "../../kernel/access/standing.ts"
import type { Context, JobHandler, Schedule } from "../../kernel/context.ts"
import { asSystem } from "../../kernel/jobs/run.ts"
import { everySecond, follow } from "../../kernel/operations/follow.ts"
import { exportWorkspace } from "./export-workspace.ts"
import { exportEverything, exportPlace, exportWork, sweepExports } from "./moving.service.ts"
import { zipFolder } from "./zip-folder.ts"

/** Makes the file; after a crash it begins again. It takes the place of the one before. */
export const exportEverythingJob: JobHandler = {
  name: exportEverything,
  attempts: 6,
  opensOwn: true,
  undertaking: exportWork,
  handle: (ctx, payload) =>
    follow(ctx, String(payload.id), async ({ createdBy }, report) => {
      const { services, workspaceId } = ctx
      const id = String(payload.id)
      const { make, draft, file } = exportPlace(services, workspaceId)
      // Whoever asked must still be allowed to have it.
      await inOwn(ctx, (own) => actingFor(own, createdBy, "backups:manage"))
      await make()
      await rm(draft(id), { recursive: true, force: true })
      const tell = everySecond(report)
      try {
        let steps = 0
        const { rows, attachments, missing } = await exportWorkspace(
          services,
          workspaceId,
          draft(id),
          (done, total) => {
            steps = total
            return tell(done, total)
          },
        )
        const size = await zipFolder(draft(id), file(id), () => tell(steps, steps))
        const count = Object.values(rows).reduce((sum, one) => sum + one, 0)
        const summary = { size, rows: count, attachments, missing: missing.length }
        await report({ status: "done", done: steps, total: steps, summary })
      } finally {
        await tidyUp(ctx, () => rm(draft(id), { recursive: true, force: true }))
      }
      await tidyUp(ctx, () => inOwn(ctx, (own) => sweepExports(own, id)))
    }),
}
/** What can't be deleted now, the hourly sweep deletes: it says nothing about the export. */
async function tidyUp({ log }: Context, work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => log.warn({ err: error }, "rests of an export could not be deleted"))
}
function inOwn<T>({ services, workspaceId }: Context, work: (own: Context) => Promise<T>): Promise<T> {
  return asSystem(services, workspaceId, 0, work)
}

export const sweepExportsJob: JobHandler = {
  name: "moving.sweep",
  handle: (ctx) => sweepExports(ctx),
}
export const sweepExportsSchedule: Schedule = { job: sweepExportsJob.name, everyMinutes: 60 }
