import type { Context, JobHandler, Schedule } from "../../kernel/context.ts"
import { enqueue } from "../../kernel/jobs/enqueue.ts"
import { asSystem } from "../../kernel/jobs/run.ts"
import { failOperation } from "../../kernel/operations/operations.ts"
import { checkImport } from "./check-import.ts"
import { failureOf, telling } from "./claim-import.ts"
import { findImport, releaseUploads, silentImports, updateImport } from "./imports.queries.ts"
import { runImport } from "./run-import.ts"

const minute = 60_000
/** An import of which nothing was heard for so long has lost its process. */
const silence = minute / 2
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

/** Goes on with imports whose process was killed. */
const resumeJob: JobHandler = {
  name: "imports.resume",
  async handle(ctx) {
    const since = new Date(ctx.now().getTime() - silence).toISOString()
    for (const { id, status } of await silentImports(ctx, since))
      await enqueue(
        ctx,
        status === "checking" ? "imports.check" : "imports.run",
        { importId: id },
        { key: `import:${id}` },
      )
  },
}
const sweepJob: JobHandler = {
  name: "imports.sweep",
  async handle(ctx) {
    await releaseUploads(ctx, new Date(ctx.now().getTime() - keptDays * 24 * 60 * minute).toISOString())
  },
}

export const transferJobs: readonly JobHandler[] = [checkJob, runJob, resumeJob, sweepJob]
export const transferSchedules: readonly Schedule[] = [
  { job: "imports.resume", everyMinutes: 1 },
  { job: "imports.sweep", everyMinutes: 24 * 60 },
]
