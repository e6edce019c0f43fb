import type { DomainParts } from "../../kernel/context.ts"
import { forgetObjectsJob, forgetObjectsSchedule } from "./forget-objects.ts"

export { objectsHandlers } from "./objects.routes.ts"

export const objectsDomain: DomainParts = {
  jobs: [forgetObjectsJob],
  schedules: [forgetObjectsSchedule],
}
