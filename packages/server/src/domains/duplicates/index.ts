import type { DomainParts } from "../../kernel/context.ts"
import { jobs, schedules } from "./duplicates.jobs.ts"
import { rememberDecisions } from "./duplicates.subscribers.ts"

export { duplicatesHandlers } from "./duplicates.routes.ts"

/** Twins: found by a scan and while somebody types; a queue of pairs to decide. */
export const duplicatesDomain: DomainParts = {
  jobs,
  schedules,
  subscribers: [rememberDecisions],
  references: {
    // Keys are made anew; pairs of a record that is not there are not shown, and are there when it comes back.
    "match_records.record_id": { becomes: "stays" },
    "duplicate_pairs.one_id": { becomes: "stays" },
    "duplicate_pairs.other_id": { becomes: "stays" },
  },
}
