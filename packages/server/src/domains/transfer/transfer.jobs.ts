import type { Context, JobHandler, Schedule } from "../../kernel/context.ts"
import { enqueue } from "../../kernel/jobs/enqueue.ts"
import { asSystem } from "../../kernel/jobs/run.ts"
import { failOperation } from "../../kernel/operations/operations.ts"
import { checkImport } from "./check-import.ts"
import { failureOf, telling } from "./claim-import.ts"
import { findImport, releaseUploads, updateImport } from "./imports.queries.ts"
import { runImport } from "./run-import.ts"

const day = 24 * 60 * 60_000
/** Uploads hold personal data: kept as long as an import can be taken back, then let go. */
const keptDays = 30

const checkJob: JobHandler = {
  name: "imports.check",
  async handle(ctx, { importId }) {
    await orFail(ctx, String(importId), () => checkImport(ctx.services, ctx.workspaceId, String(importId)))
  },
}
const runJob: JobHandler = {
  name: "imports.run",
  async handle(ctx, { importId }) {
    const id = String(importId)
    await orFail(ctx, id, async () => {
      if (await runImport(ctx.services, ctx.workspaceId, id))
        await enqueue(ctx, "imports.run", { importId: id }, { key: `import:${id}` })
    })
  },
}
/** What can't pass ends the import with a sentence; what may pass is the queue's to try again. */
async function orFail(ctx: Context, importId: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const failure = failureOf(error)
    if (failure === undefined) throw error
    ctx.log.error({ err: error, importId }, "an import could not go on")
    await asSystem(ctx.services, ctx.workspaceId, 0, async (own) => {
      const row = await findImport(own, importId, { lock: true })
      telling(own, importId)
      await updateImport(own, importId, { status: "failed", error: failure, jobToken: null })
      if (row?.operationId) await failOperation(own, row.operationId, failure)
    })
  }
}

const sweepJob: JobHandler = {
  name: "imports.sweep",
  async handle(ctx) {
    await releaseUploads(ctx, new Date(ctx.now().getTime() - keptDays * day).toISOString())
  },
}

export const transferJobs: readonly JobHandler[] = [checkJob, runJob, sweepJob]
export const transferSchedules: readonly Schedule[] = [{ job: "imports.sweep", everyMinutes: 24 * 60 }]
