import type { EntityName } from "@regulars/contract/entities.ts"
import type { Patch } from "../../lib/patch-record.ts"
import { type AnyRecord, fetchList, usePatchRecord } from "../../lib/records.ts"
import { sameValue } from "../../ui/fields/use-editing.ts"
import { toast, useErrorToast } from "../../ui/toast.tsx"

type Values = Record<string, unknown>
/** A change that can be taken back and made again. */
export interface Step {
  undo: () => Promise<unknown>
  redo: () => Promise<unknown>
}
export interface ChangeWithUndo extends Patch {
  /** What stood in the changed fields. */
  before: Values
}

/**
 * Changes fields of a record and says so (`text`) with an Undo, which brings back what stood there and never
 * overwrites what a colleague wrote since without asking. Rejects with the reason when refused. `keep` is given the
 * change to remember it, and answers what the Undo then does.
 */
export function usePatchWithUndo(entity: EntityName) {
  const { mutateAsync: patch } = usePatchRecord(entity)
  const showError = useErrorToast()
  return async (
    { before, ...change }: ChangeWithUndo,
    text: string,
    keep = (step: Step): (() => Promise<unknown>) => step.undo,
  ): Promise<void> => {
    const stood = (await jobsBefore(entity, change)) ?? before
    const { record, isSaved, replaced } = await patch(change)
    if (!isSaved) return
    const changes = Object.fromEntries(
      Object.entries(stood).map(([key, value]) => [key, key in replaced ? replaced[key] : value]),
    )
    let { version } = record
    let stands = pick(record, Object.keys(changes))
    const put = async (values: Values) => {
      // Other changes may have come and been taken back: what stands there as it was left is not a colleague's.
      const { data } = await fetchList(entity, { only: [change.id], fields: Object.keys(stands) })
      const [now] = data as unknown[] as AnyRecord[]
      if (now && sameValue(pick(now, Object.keys(stands)), stands)) version = now.version
      const written = await patch({ id: change.id, changes: values, version })
      version = written.record.version
      stands = pick(written.record, Object.keys(stands))
    }
    const undo = keep({ undo: () => put(changes), redo: () => put(change.changes) })
    toast({ text, undo: () => undo().catch(showError) })
  }
}

function pick(record: Values, keys: readonly string[]): Values {
  return Object.fromEntries(keys.map((key) => [key, record[key] ?? null]))
}

const jobFields = ["employments", "companyId", "jobTitle"] as const
/**
 * Another company or job title is another job to the server, which ends the one before: writing the old value again
 * would be a third job, so the whole list of jobs is put back.
 */
async function jobsBefore(entity: EntityName, { id, changes }: Patch): Promise<Values | undefined> {
  if (entity !== "people" || !("companyId" in changes || "jobTitle" in changes)) return undefined
  const { data } = await fetchList("people", { only: [id], fields: [...jobFields] })
  const [person] = data
  return person && Object.fromEntries(jobFields.map((key) => [key, person[key]]))
}
