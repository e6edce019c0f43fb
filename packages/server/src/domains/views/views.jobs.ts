import type { JobHandler, Schedule } from "../../kernel/context.ts"
import { binDays } from "../../kernel/records/erase.ts"
import { addDays, dayIn, startOfDay } from "../../kernel/time.ts"
import { eraseViews } from "./views.queries.ts"

/** Erases views that have been in the bin as long as records stay there. */
export const emptyViewBinJob: JobHandler = {
  name: "views.emptyBin",
  async handle(ctx) {
    const day = addDays(dayIn(ctx.workspaceZone, ctx.now()), -binDays)
    await eraseViews(ctx, startOfDay(day, ctx.workspaceZone))
  },
}
export const emptyViewBinSchedule: Schedule = { job: emptyViewBinJob.name, everyMinutes: 24 * 60 }
