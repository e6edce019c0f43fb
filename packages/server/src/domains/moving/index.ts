import type { DomainParts } from "../../kernel/context.ts"
import { exportEverythingJob, sweepExportsJob, sweepExportsSchedule } from "./moving.jobs.ts"

export { exportWorkspace } from "./export-workspace.ts"
export { movingHandlers } from "./moving.routes.ts"

/** A workspace as a whole, on its way out: by the command line, or as a file from the settings. */
export const movingDomain: DomainParts = {
  jobs: [exportEverythingJob, sweepExportsJob],
  schedules: [sweepExportsSchedule],
}
