import type { Operation, UndoPreview } from "@regulars/contract/domains/general.endpoints.ts"
import type { BulkPreview } from "@regulars/contract/kernel/bulk-endpoints.ts"
import type { Pools } from "../src/kernel/db/pools.ts"
import { bareSeconds } from "./bare-table.ts"
import { call, finished, undone } from "./client.ts"
import { measured, type Place, type WorkFigures } from "./work.ts"

const title = "Measured in bulk"
const isOther = `job_title is distinct from '${title}'`

/** One field of all people changed at once: foreseen, done, its undo foreseen, undone; others look at lists meanwhile. */
export async function measureBulk(place: Place, pools: Pools, workspaceId: string): Promise<WorkFigures[]> {
  const { target } = place
  const body = { filter: { all: [] }, action: "update", input: { values: { jobTitle: title } } }
  const counting = await bareSeconds(pools, workspaceId, `select count(*) from people_bare where ${isOther}`)
  const updating = await bareSeconds(
    pools,
    workspaceId,
    `update people_bare set job_title = '${title}', version = version + 1, updated_at = now()`,
  )
  const { answer: foreseen, ...preview } = await measured(place, () =>
    call<{ data: BulkPreview }>(target, "POST /people/bulk/preview", body),
  )
  const { answer: done, ...change } = await measured(place, async () => {
    const { data } = await call<{ data: { operationId: string } }>(target, "POST /people/bulk", body)
    return finished(target, data.operationId)
  })
  // As the database does by itself within a minute: until then it takes the history for as small as it was.
  await pools.owner.query("analyze")
  const { answer: back, ...undoPreview } = await measured(place, () =>
    call<{ data: UndoPreview }>(target, `GET /operations/${done.id}/undo-preview`),
  )
  const { answer: undo, ...undoing } = await measured(place, () => undone(target, done.id))
  const records = foreseen.data.changed
  if (records === 0 || done.done !== records || restoredBy(undo) !== records)
    throw new Error(`Of ${records} people, ${done.done} were changed and ${restoredBy(undo)} put back`)
  return [
    { name: "preview", records, limit: counting, ...preview },
    { name: "change", records, limit: updating, ...change },
    { name: "preview of the undo", records: back.data.restored, ...undoPreview },
    { name: "undo", records, limit: updating, ...undoing },
  ]
}
function restoredBy({ summary }: Operation): unknown {
  return summary.restored
}
