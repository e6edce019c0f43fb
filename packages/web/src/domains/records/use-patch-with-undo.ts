import type { EntityName } from "@regulars/contract/entities.ts"
import type { Patch } from "../../lib/patch-record.ts"
import { fetchList, usePatchRecord } from "../../lib/records.ts"
import { toast, useErrorToast } from "../../ui/toast.tsx"

type Values = Record<string, unknown>
export interface ChangeWithUndo extends Patch {
  /** What stood in the changed fields. */
  before: Values
}

/**
 * Changes fields of a record and says so (`text`) with an Undo, which brings back what stood there and never
 * overwrites what a colleague wrote since without asking. Rejects with the reason when refused.
 */
export function usePatchWithUndo(entity: EntityName) {
  const { mutateAsync: patch } = usePatchRecord(entity)
  const showError = useErrorToast()
  return async ({ before, ...change }: ChangeWithUndo, text: string): Promise<void> => {
    const stood = (await jobsBefore(entity, change)) ?? before
    const { record, isSaved, replaced } = await patch(change)
    if (!isSaved) return
    const changes = Object.fromEntries(
      Object.entries(stood).map(([key, value]) => [key, key in replaced ? replaced[key] : value]),
    )
    toast({ text, undo: () => patch({ id: change.id, changes, version: record.version }).catch(showError) })
  }
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
