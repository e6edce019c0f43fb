import type { TestWorkspace } from "../app.ts"
import type { Shape } from "./plans.own-fields.ts"

export async function somebodyOf(shop: TestWorkspace): Promise<string> {
  return (await shop.owner.post("/people/query", { limit: 1 })).body.data[0].id
}
/** Somebody who did nothing yet. */
const quiet = "00000000-0000-7000-8000-0000000000ff"

/** Questions to the audit log, whose answers are few among many events. */
export const auditShapes: readonly Shape[] = [
  { name: "newest facts", request: () => ["/audit"], uses: ["events_pkey"] },
  {
    name: "facts of old days",
    request: () => ["/audit?from=2019-05-01&to=2019-05-02"],
    uses: ["events_pkey"],
  },
  {
    name: "facts of a quiet member",
    request: () => [`/audit?memberId=${quiet}`],
    uses: ["events_by_actor"],
  },
  {
    name: "what bears on security of a quiet member",
    request: () => [`/audit?area=security&memberId=${quiet}`],
    uses: ["events_of_security_by_actor"],
  },
  {
    name: "facts of one record",
    request: async (shop) => [`/audit?subject=person:${await somebodyOf(shop)}`],
    uses: ["event_subjects_pkey", "events_pkey"],
  },
]
