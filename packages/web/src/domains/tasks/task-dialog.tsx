import { useQueryClient } from "@tanstack/react-query"
import { titleOf } from "../../lib/format.ts"
import { useLabels } from "../../lib/i18n.tsx"
import { keys } from "../../lib/query.ts"
import { refreshTimelines } from "../../lib/timeline.ts"
import { Dialog } from "../../ui/dialog.tsx"
import { FormSkeleton } from "../../ui/skeleton.tsx"
import { ErrorState } from "../../ui/states.tsx"
import { FieldGroups } from "../records/field-groups.tsx"
import { useStoredRecord } from "../records/record-page/use-stored-record.ts"

const notForPeople = ["zone", "doneAt"]

/** Everything about one task, also one of the bin or of somebody else; changed field by field. */
export function TaskDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const labels = useLabels("tasks")
  const client = useQueryClient()
  const { data, error, refetch } = useStoredRecord("tasks", id)
  function close() {
    onClose()
    client.invalidateQueries({ queryKey: keys.lists("tasks") })
    refreshTimelines(client)
  }
  return (
    <Dialog opened onClose={close} title={(data && titleOf(data, "title")) || labels.one}>
      {data ? (
        <FieldGroups
          entity="tasks"
          record={data}
          leaveOut={notForPeople}
          readOnly={Boolean(data.deletedAt)}
        />
      ) : error ? (
        <ErrorState error={error} retry={() => refetch()} />
      ) : (
        <FormSkeleton fields={6} />
      )}
    </Dialog>
  )
}
