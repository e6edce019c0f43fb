import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import { useQueryClient } from "@tanstack/react-query"
import { useRef, useState } from "react"
import { useLocation } from "wouter"
import { call, request } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { keys } from "../../../lib/query.ts"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { followOperation, tellFailure, undoOperations } from "../operations.ts"
import { type BulkTarget, type BulkWork, bulkBodies } from "./use-bulk-preview.ts"

export interface Progress {
  done: number
  total: number
}
const said = {
  delete: "list.bulk.deleted",
  restore: "list.bulk.restored",
  assignTask: "bulk.assignTask.done",
} as const

/**
 * Acts on everything selected, in the background; `progress` while it runs. The result is told in a toast with Undo,
 * also after the page was left.
 */
export function useBulk(target: BulkTarget) {
  const { entity, selected } = target
  const t = useT()
  const [, navigate] = useLocation()
  const client = useQueryClient()
  const showError = useErrorToast()
  const [progress, setProgress] = useState<Progress | null>(null)
  const running = useRef<string | null>(null)
  const cancelled = useRef(false)

  async function run(work: BulkWork): Promise<void> {
    const ended: Operation[] = []
    let before = 0
    cancelled.current = false
    setProgress({ done: 0, total: selected.size })
    try {
      for (const body of bulkBodies(target, work)) {
        if (cancelled.current) break
        const answer = await request(`POST /${entity}/bulk`, { body })
        const { operationId } = (answer as { data: { operationId: string } }).data
        running.current = operationId
        const step = ({ done }: Operation) => setProgress({ done: before + done, total: selected.size })
        const operation = await followOperation(operationId, step)
        ended.push(operation)
        before += operation.done
        if (operation.status !== "done") break
      }
      tell(work.action, ended)
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
    const refused = ended.reduce((sum, { summary }) => sum + Number(summary.refusedCount ?? 0), 0)
    const id = action in said ? said[action as keyof typeof said] : "list.bulk.changed"
    const undoable = ended.filter(({ canUndo }) => canUndo).map((operation) => operation.id)
    const takeBack = () => undoOperations(undoable, { client, t, entity, showError })
    const undo = undoable.length > 0 ? takeBack : undefined
    const isStopped = has("failed") || has("cancelled")
    const done = t(isStopped ? "list.bulk.failed" : id, { count })
    if (has("failed")) return tellFailure(done, ended, undo)
    if (refused === 0) return toast({ text: done, undo })
    const show = { label: t("bulk.toast.which"), run: () => navigate("/settings/activity") }
    toast({ text: `${done} · ${t("bulk.toast.refused", { count: refused })}`, undo, action: show })
  }
  function cancel() {
    cancelled.current = true
    if (running.current)
      call("POST /operations/:id/cancel", { params: { id: running.current } }).catch(showError)
  }
  return { run, cancel, progress }
}
