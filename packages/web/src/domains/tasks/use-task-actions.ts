import { useQueryClient } from "@tanstack/react-query"
import { useT } from "../../lib/i18n.tsx"
import { keys } from "../../lib/query.ts"
import { useDeleteRecord, usePatchRecord } from "../../lib/records.ts"
import { dropFromTimelines, holdTimelines, patchInTimelines, refreshTimelines } from "../../lib/timeline.ts"
import { toast, useErrorToast } from "../../ui/toast.tsx"

export interface TaskLike {
  id: string
  title?: unknown
  status?: unknown
}

/** What can be done with a task wherever it is shown; each shows at once and can be taken back. */
export function useTaskActions() {
  const t = useT()
  const client = useQueryClient()
  const { mutateAsync: patch } = usePatchRecord("tasks")
  const { remove, restore } = useDeleteRecord("tasks")
  const showError = useErrorToast()

  function refresh() {
    client.invalidateQueries({ queryKey: keys.lists("tasks") })
    refreshTimelines(client)
  }
  /** Rejects when refused; for fields that show the reason themselves. */
  async function change(task: TaskLike, changes: Record<string, unknown>) {
    const before = Object.fromEntries(
      Object.keys(changes).map((key) => [key, (task as unknown as Record<string, unknown>)[key]]),
    )
    await holdTimelines(client)
    patchInTimelines(client, task.id, changes)
    try {
      await patch({ id: task.id, changes })
    } catch (error) {
      patchInTimelines(client, task.id, before)
      throw error
    } finally {
      refresh()
    }
  }
  function setDone(task: TaskLike, done: boolean) {
    const status = done ? "done" : "open"
    change(task, { status }).catch(showError)
    if (done)
      toast({
        text: t("tasks.doneToast", { title: String(task.title ?? "") }),
        undo: () => change({ ...task, status }, { status: "open" }).catch(showError),
      })
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
  return { change, setDone, removeTask }
}
