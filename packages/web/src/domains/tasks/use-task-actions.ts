import { useQueryClient } from "@tanstack/react-query"
import { useT } from "../../lib/i18n.tsx"
import { keys } from "../../lib/query.ts"
import { useDeleteRecord, usePatchRecord } from "../../lib/records.ts"
import { dropFromTimelines, holdTimelines, patchInTimelines, refreshTimelines } from "../../lib/timeline.ts"
import { toast, useErrorToast } from "../../ui/toast.tsx"

export interface TaskLike {
  id: string
  /** As shown: what somebody else changed since is not overwritten without asking. */
  version?: number
  title?: unknown
  status?: unknown
}
type Values = Record<string, unknown>

/** What can be done with a task wherever it is shown; each shows at once and can be taken back. */
export function useTaskActions() {
  const t = useT()
  const client = useQueryClient()
  const { mutateAsync: patch } = usePatchRecord("tasks")
  const { remove, restore } = useDeleteRecord("tasks")
  const showError = useErrorToast()

  function refresh() {
    client.invalidateQueries({ queryKey: keys.lists("tasks") })
    client.invalidateQueries({ queryKey: keys.today })
    refreshTimelines(client)
  }
  /** Rejects when refused; for fields that show the reason themselves. */
  async function change(task: TaskLike, changes: Values) {
    const { id, version } = task
    holdTimelines(client)
    patchInTimelines(client, id, changes)
    try {
      const answer = await patch({ id, changes, version })
      patchInTimelines(client, id, answer.record)
      return answer
    } catch (error) {
      patchInTimelines(client, id, valuesOf(task, changes))
      throw error
    } finally {
      refresh()
    }
  }
  /** Changes a task and says so with an Undo, which brings back what stood there; says why when refused. */
  async function changeWithUndo(task: TaskLike, changes: Values, text: string): Promise<void> {
    try {
      const { record, isSaved, replaced } = await change(task, changes)
      const before = { ...valuesOf(task, changes), ...replaced }
      if (isSaved) toast({ text, undo: () => change(record, before).catch(showError) })
    } catch (error) {
      showError(error)
    }
  }
  function setDone(task: TaskLike, done: boolean) {
    if (!done) return change(task, { status: "open" }).catch(showError)
    const text = t("tasks.doneToast", { title: String(task.title ?? "") })
    return changeWithUndo(task, { status: "done" }, text)
  }
  function removeTask(task: TaskLike) {
    dropFromTimelines(client, task.id)
    remove.mutateAsync(task.id).then(() => {
      refreshTimelines(client)
      toast({
        text: t("record.deleted", { name: String(task.title ?? "") }),
        undo: () => restore.mutateAsync(task.id).then(refresh, showError),
      })
    }, showError)
  }
  return { change, changeWithUndo, setDone, removeTask }
}
/** What stands in the fields that are about to change. */
function valuesOf(task: TaskLike, changes: Values): Values {
  return Object.fromEntries(Object.keys(changes).map((key) => [key, (task as unknown as Values)[key]]))
}
