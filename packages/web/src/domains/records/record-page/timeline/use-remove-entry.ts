import { useQueryClient } from "@tanstack/react-query"
import { useDeleteRecord } from "../../../../lib/records.ts"
import { dropFromTimelines, refreshTimelines } from "../../../../lib/timeline.ts"
import { toast, useErrorToast } from "../../../../ui/toast.tsx"

/** Moves a note or activity to the bin: gone from the timeline at once, and back with Undo. */
export function useRemoveEntry(entity: "notes" | "activities") {
  const client = useQueryClient()
  const { remove, restore } = useDeleteRecord(entity)
  const showError = useErrorToast()
  const refresh = () => refreshTimelines(client)
  return (id: string, text: string) => {
    dropFromTimelines(client, id)
    remove.mutateAsync(id).then(
      () => {
        refresh()
        toast({ text, undo: () => restore.mutateAsync(id).then(refresh, showError) })
      },
      (error) => {
        refresh()
        showError(error)
      },
    )
  }
}
