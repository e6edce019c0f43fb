import type { DomainParts } from "../../kernel/context.ts"
import { jobs, schedules } from "./duplicates.jobs.ts"

export { duplicatesHandlers } from "./duplicates.routes.ts"

/** Twins: found by a scan and while somebody types; a queue of pairs to decide. */
export const duplicatesDomain: DomainParts = { jobs, schedules }
