import type { DomainParts } from "../../kernel/context.ts"
import { transferJobs, transferSchedules } from "./transfer.jobs.ts"

export { cellHandlers } from "./cells.routes.ts"
export { prepareExport, writeExport } from "./export.ts"
export { transferHandlers } from "./transfer.routes.ts"

/** Import and export: CSV, XLSX and vCard. */
export const transferDomain: DomainParts = {
  jobs: transferJobs,
  schedules: transferSchedules,
  references: {
    "external_ids.record_id": {
      becomes: "move",
      kind: { column: "entity", holds: "name" },
      key: ["source", "external_id"],
    },
  },
}
