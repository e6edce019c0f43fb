import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import type { Translate } from "@regulars/locales/runtime.ts"
import type { QueryClient } from "@tanstack/react-query"
import { call } from "../../lib/api.ts"
import { onLive } from "../../lib/live.ts"
import { keys } from "../../lib/query.ts"
import { type Toast, toast } from "../../ui/toast.tsx"

/** Pause between questions while nothing is announced (milliseconds). */
const pause = 700
const isOver = ({ status }: Operation) => !["queued", "running"].includes(status)

/**
 * Follows an operation to its end, whatever page is shown meanwhile, and tells of every step. Throws ApiError when
 * it can't be asked for any more.
 */
export async function followOperation(
  id: string,
  onStep: (operation: Operation) => void,
): Promise<Operation> {
  for (;;) {
    const { data } = await call("GET /operations/:id", { params: { id } })
    onStep(data)
    if (isOver(data)) return data
    await nextSign(id)
  }
}
/** Waits until something is heard of an operation, or a short while. */
function nextSign(id: string): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const timer = setTimeout(end, pause)
    // A moment's rest, so that quick steps of long work do not become a stream of questions.
    const stop = onLive((event) => {
      if (event.type === "operation" && event.id === id) setTimeout(end, 120)
    })
  })
}

/** Says that work stopped, and the server's reason where it gave one; stays until it is put away. */
export function tellFailure(what: string, ended: readonly Operation[], undo?: () => unknown): void {
  const reason = ended.findLast(({ error }) => error !== null)?.error
  toast({ text: reason ? `${what} ${reason}` : what, undo, bad: true })
}

interface Told {
  client: QueryClient
  t: Translate
  entity: string
  showError: (error: unknown) => void
  /** Offered with the result. */
  action?: Toast["action"]
}
/** Takes finished operations back and says so, with what was kept because someone changed it since. */
export async function undoOperations(
  ids: readonly string[],
  { client, t, entity, showError, action }: Told,
): Promise<void> {
  const hide = toast({ text: t("list.bulk.running"), lasting: true })
  try {
    let kept = 0
    for (const id of [...ids].reverse()) {
      const { data } = await call("POST /operations/:id/undo", { params: { id } })
      const ended = await followOperation(data.id, () => {})
      if (ended.status !== "done") return tellFailure(t("list.bulk.undoFailed"), [ended])
      kept += Number(ended.summary.keptCount ?? 0) + Number(ended.summary.arrivedCount ?? 0)
    }
    const text = kept > 0 ? t("list.bulk.undoneKept", { count: kept }) : t("list.bulk.undone")
    toast({ text, action })
  } catch (error) {
    showError(error)
  } finally {
    hide()
    client.invalidateQueries({ queryKey: keys.entity(entity) })
  }
}
