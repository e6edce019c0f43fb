import type { DomainParts } from "../../kernel/context.ts"
import { rollUpJob } from "../../kernel/own-fields/rollups.ts"
import { computeJob } from "./compute-records.ts"
import { forgetFieldsJob, forgetFieldsSchedule } from "./forget-fields.ts"

export { orderResults } from "./compute-records.ts"
export { fieldsHandlers } from "./fields.routes.ts"
export { requireAlone } from "./fields.service.ts"
export { fitFields } from "./fit-fields.ts"

export const fieldsDomain: DomainParts = {
  jobs: [forgetFieldsJob, computeJob, rollUpJob],
  schedules: [forgetFieldsSchedule],
}
