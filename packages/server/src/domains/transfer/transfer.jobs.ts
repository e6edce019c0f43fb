import type { JobHandler, Schedule, Undertaking } from "../../kernel/context.ts"
import { orderStep } from "../../kernel/jobs/undertakings.ts"
import { checkImport } from "./check-import.ts"
import { failImport } from "./claim-import.ts"
import { importsUnderWay, releaseUploads } from "./imports.queries.ts"
import { refuse } from "./imports.service.ts"
import { runImport } from "./run-import.ts"

const day = 24 * 60 * 60_000
/** Uploads hold personal data: kept as long as an import can be taken back, then let go. */
const keptDays = 30

const importsThatAre = (status: "checking" | "running"): Undertaking => ({
  open: (ctx) => importsUnderWay(ctx, status),
  fail: (ctx, id, sentence) => failImport(ctx, id, { status, sentence }),
})
const checkJob: JobHandler = {
  name: "imports.check",
  opensOwn: true,
  undertaking: importsThatAre("checking"),
  async handle(ctx, { id }) {
    await checkImport(ctx.services, ctx.workspaceId, String(id)).catch(refuse)
  },
}
const runJob: JobHandler = {
  name: "imports.run",
  opensOwn: true,
  undertaking: importsThatAre("running"),
  async handle(ctx, { id }) {
    if (await runImport(ctx.services, ctx.workspaceId, String(id)).catch(refuse))
      await orderStep(ctx, "imports.run", String(id))
  },
}

const sweepJob: JobHandler = {
  name: "imports.sweep",
  async handle(ctx) {
    await releaseUploads(ctx, new Date(ctx.now().getTime() - keptDays * day).toISOString())
  },
}

export const transferJobs: readonly JobHandler[] = [checkJob, runJob, sweepJob]
export const transferSchedules: readonly Schedule[] = [{ job: "imports.sweep", everyMinutes: 24 * 60 }]
