import type { DomainParts } from "../../kernel/context.ts"
import { emptyViewBinJob, emptyViewBinSchedule } from "./views.jobs.ts"

export { viewsHandlers } from "./views.routes.ts"

export const viewsDomain: DomainParts = {
  jobs: [emptyViewBinJob],
  schedules: [emptyViewBinSchedule],
  references: { "views.filter": { becomes: "text", key: ["id"] } },
}
