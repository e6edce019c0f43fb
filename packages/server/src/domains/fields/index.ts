import type { DomainParts } from "../../kernel/context.ts"
import { computeFieldJob } from "./compute-field.ts"
import { forgetFieldsJob, forgetFieldsSchedule } from "./forget-fields.ts"

export { fieldsHandlers } from "./fields.routes.ts"

export const fieldsDomain: DomainParts = {
  jobs: [forgetFieldsJob, computeFieldJob],
  schedules: [forgetFieldsSchedule],
}
