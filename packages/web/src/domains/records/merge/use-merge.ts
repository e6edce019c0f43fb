import type { EntityName } from "@regulars/contract/entities.ts"
import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { useLocation } from "wouter"
import { request } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { undoOperations } from "../operations.ts"

interface Merge {
  keep: string
  merge: string[]
  fields: Record<string, string>
  /** What the record that stays is called now. */
  name: string
}
/** Makes one of several records, says so with Undo, and goes to it, or `back` to where one came from. */
export function useMerge(entity: EntityName, back: string | undefined) {
  const t = useT()
  const client = useQueryClient()
  const showError = useErrorToast()
  const [, navigate] = useLocation()
  const [busy, setBusy] = useState(false)
  async function merge({ name, ...body }: Merge): Promise<void> {
    setBusy(true)
    try {
      const answer = await request(`POST /${entity}/merge`, { body })
      const { operationId } = (answer as { data: { operationId: string } }).data
      // Everything that names one of them may look different now.
      client.invalidateQueries()
      navigate(back ?? `/${entity}/${body.keep}`, { replace: true })
      const undo = () =>
        undoOperations([operationId], { client, t, entity, showError }).then(() => client.invalidateQueries())
      toast({ text: t("merge.done", { count: body.merge.length + 1, name }), undo })
    } catch (error) {
      showError(error)
    } finally {
      setBusy(false)
    }
  }
  return { merge, busy }
}
