import type { DuplicatePair } from "@regulars/contract/domains/duplicates.endpoints.ts"
import type { MatchedEntity, PairState } from "@regulars/contract/domains/duplicates.ts"
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { call } from "../../lib/api.ts"
import { useT } from "../../lib/i18n.tsx"
import { onLive } from "../../lib/live.ts"
import { keys } from "../../lib/query.ts"
import { useCan } from "../../lib/session.tsx"
import { toast, useErrorToast } from "../../ui/toast.tsx"
import { followOperation, tellFailure, undoOperations } from "../records/operations.ts"

/** Below the lists of "duplicates", so that a live message finds all of it. */
const root = keys.lists("duplicates")
const countKey = [...root, "count"]

/** Pairs in one state, the surest first, page by page. */
export function usePairs(entity: MatchedEntity, state: PairState) {
  return useInfiniteQuery({
    queryKey: [...root, entity, state],
    queryFn: ({ pageParam, signal }) =>
      call("GET /duplicates", { query: { entity, state, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: "",
    // Whoever comes back from merging finds the next pair, not the last one.
    staleTime: 0,
    getNextPageParam: ({ page }) => page.next,
  })
}

/** How many pairs wait, and the scan under way or last done; follows that to its end. */
export function useOverview() {
  const client = useQueryClient()
  const query = useQuery({
    queryKey: countKey,
    queryFn: async ({ signal }) => (await call("GET /duplicates/count", { signal })).data,
    enabled: useCan("duplicates:read"),
  })
  const scan = query.data?.scan
  const running = scan && (scan.status === "queued" || scan.status === "running") ? scan : null
  const id = running?.id
  useEffect(() => {
    if (!id) return
    return onLive((event) => {
      if (event.type === "operation" && event.id === id) client.invalidateQueries({ queryKey: countKey })
    })
  }, [client, id])
  return { ...query, running }
}

export function useScan() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call("POST /duplicates/scan"),
    onSettled: () => client.invalidateQueries({ queryKey: countKey }),
  })
}

/** Decides a pair, with the way back in a message. */
export function useDecide() {
  const t = useT()
  const client = useQueryClient()
  const showError = useErrorToast()
  const send = async (id: string, decision: PairState) => {
    await call("POST /duplicates/:id/decide", { params: { id }, body: { decision } })
    await client.invalidateQueries({ queryKey: root })
  }
  return async ({ id, state, records }: DuplicatePair, decision: PairState): Promise<void> => {
    const [one, other] = records.map(({ name }) => name ?? t("state.unnamed"))
    try {
      await send(id, decision)
      toast({
        text: t(`duplicates.decided.${decision}`, {
          pair: t("duplicates.pair", { one: one ?? "", other: other ?? "" }),
        }),
        undo: () => send(id, state).catch(showError),
      })
    } catch (error) {
      showError(error)
    }
  }
}

/** Merges the certain pairs of an entity at once, with Undo; and sets from when on they are certain. */
export function useCertain(entity: MatchedEntity) {
  const t = useT()
  const client = useQueryClient()
  const showError = useErrorToast()
  const [progress, setProgress] = useState<{ done: number; total: number | null } | null>(null)
  const refresh = () => client.invalidateQueries({ queryKey: root })
  async function merge(): Promise<void> {
    try {
      const { data } = await call("POST /duplicates/merge", { body: { entity } })
      setProgress(data)
      const ended = await followOperation(data.id, setProgress)
      const count = Number(ended.summary.pairs ?? 0)
      const undo =
        count > 0 &&
        (() =>
          undoOperations([data.id], { client, t, entity, showError }).then(() => client.invalidateQueries()))
      if (ended.status === "failed") tellFailure(t("duplicates.certain.failed"), [ended], undo || undefined)
      else toast({ text: t("duplicates.certain.done", { count }), ...(undo && { undo }) })
    } catch (error) {
      showError(error)
    } finally {
      setProgress(null)
      await client.invalidateQueries()
    }
  }
  const setFrom = (certainFrom: number) =>
    call("PATCH /duplicates/settings", { body: { certainFrom } }).then(refresh, showError)
  return { merge, setFrom, progress }
}
