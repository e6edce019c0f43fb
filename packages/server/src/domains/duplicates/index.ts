import type { DomainParts, ReferenceRule } from "../../kernel/context.ts"
import { jobs, schedules } from "./duplicates.jobs.ts"

export { duplicatesHandlers } from "./duplicates.routes.ts"

/** Twins: found by a scan and while somebody types; a queue of pairs to decide. */
export const duplicatesDomain: DomainParts = {
  jobs,
  schedules,
  references: {
    "match_records.record_id": dropped(),
    "duplicate_pairs.one_id": dropped(),
    "duplicate_pairs.other_id": dropped(),
  },
}
/** What was found or said of a record that became part of another one comes back with it. */
function dropped(): ReferenceRule {
  return { becomes: "drop", kind: { column: "entity", holds: "name" } }
}
