import type { DomainParts } from "../../kernel/context.ts"
import { computeJob } from "./compute-records.ts"
import { forgetFieldsJob, forgetFieldsSchedule } from "./forget-fields.ts"

export { fieldsHandlers } from "./fields.routes.ts"

export const fieldsDomain: DomainParts = {
  jobs: [forgetFieldsJob, computeJob],
  schedules: [forgetFieldsSchedule],
}
