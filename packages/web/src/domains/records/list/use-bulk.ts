import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import type { EntityName } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { gatherCustom } from "@regulars/contract/kernel/own-fields.ts"
import { useQueryClient } from "@tanstack/react-query"
import { useRef, useState } from "react"
import { call, request } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { keys } from "../../../lib/query.ts"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { followOperation, tellFailure, undoOperations } from "../operations.ts"
import { bulkTargets } from "./selection.ts"

interface Target {
  entity: EntityName
  selected: ReadonlySet<string>
  total: number
  filter: Filter | undefined
}
export interface BulkWork {
  action: "update" | "addTags" | "removeTags" | "delete" | "restore"
  input?: Record<string, unknown>
}
export interface Progress {
  done: number
  total: number
}
const said = { delete: "list.bulk.deleted", restore: "list.bulk.restored" } as const

/**
 * Acts on everything selected, in the background; `progress` while it runs. The result is told in a toast with Undo,
 * also after the page was left.
 */
export function useBulk({ entity, selected, total, filter }: Target) {
  const t = useT()
  const client = useQueryClient()
  const showError = useErrorToast()
  const [progress, setProgress] = useState<Progress | null>(null)
  const running = useRef<string | null>(null)
  const cancelled = useRef(false)

  async function run({ action, input }: BulkWork): Promise<void> {
    const targets = bulkTargets(selected, total, filter)
    const ended: Operation[] = []
    let before = 0
    cancelled.current = false
    setProgress({ done: 0, total: selected.size })
    try {
      for (const target of targets) {
        if (cancelled.current) break
        const given = input?.values
          ? { ...input, values: gatherCustom(input.values as Record<string, unknown>) }
          : input
        const answer = await request(`POST /${entity}/bulk`, { body: { ...target, action, input: given } })
        const { operationId } = (answer as { data: { operationId: string } }).data
        running.current = operationId
        const step = ({ done }: Operation) => setProgress({ done: before + done, total: selected.size })
        const operation = await followOperation(operationId, step)
        ended.push(operation)
        before += operation.done
        if (operation.status !== "done") break
      }
      tell(action, ended)
    } catch (error) {
      showError(error)
    } finally {
      running.current = null
      setProgress(null)
      client.invalidateQueries({ queryKey: keys.entity(entity) })
    }
  }
  function tell(action: BulkWork["action"], ended: readonly Operation[]) {
    const count = ended.reduce((sum, { summary }) => sum + Number(summary.changed ?? 0), 0)
    const has = (wanted: Operation["status"]) => ended.some(({ status }) => status === wanted)
    const id = action === "delete" || action === "restore" ? said[action] : "list.bulk.changed"
    const undoable = ended.filter(({ canUndo }) => canUndo).map((operation) => operation.id)
    const takeBack = () => undoOperations(undoable, { client, t, entity, showError })
    const undo = undoable.length > 0 ? takeBack : undefined
    const isStopped = has("failed") || has("cancelled")
    const text = t(isStopped ? "list.bulk.failed" : id, { count })
    if (has("failed")) tellFailure(text, ended, undo)
    else toast({ text, undo })
  }
  function cancel() {
    cancelled.current = true
    if (running.current)
      call("POST /operations/:id/cancel", { params: { id: running.current } }).catch(showError)
  }
  return { run, cancel, progress }
}
