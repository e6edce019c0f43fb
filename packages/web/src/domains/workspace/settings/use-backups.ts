import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect, useRef } from "react"
import { call } from "../../../lib/api.ts"
import { keys } from "../../../lib/query.ts"

const listKey = ["backups"]
/** Pause between questions while something runs (milliseconds). */
const pause = 700
const isUnderWay = (operation: Operation | null | undefined) =>
  operation?.status === "queued" || operation?.status === "running"

/** The backups on the server, and what to do with the list after a change. */
export function useBackups() {
  const client = useQueryClient()
  const list = useQuery({
    queryKey: listKey,
    queryFn: ({ signal }) => call("GET /backups", { signal }),
  })
  const refresh = () => client.invalidateQueries({ queryKey: listKey })
  return { list, refresh }
}

/** The latest work of a kind, found again by whoever left the page meanwhile, and a way to start another. */
export function useWork<Given = void>(
  kind: "backup" | "verify" | "exportAll",
  begin: (given: Given) => Promise<{ data: Operation }>,
  onDone: (operation: Operation) => void,
) {
  const client = useQueryClient()
  const latestKey = ["operations", "latest", kind]
  const latest = useQuery({ queryKey: latestKey, queryFn: ({ signal }) => findLatest(kind, signal) })
  const id = latest.data?.id ?? ""
  const progress = useQuery({
    queryKey: keys.operation(id),
    queryFn: async ({ signal }) => (await call("GET /operations/:id", { params: { id }, signal })).data,
    enabled: isUnderWay(latest.data),
    refetchInterval: ({ state }) => (isUnderWay(state.data ?? latest.data) ? pause : false),
  })
  const start = useMutation({
    mutationFn: async (given: Given) => (await begin(given)).data,
    onSuccess: (operation) => client.setQueryData(latestKey, operation),
  })
  const operation = progress.data ?? latest.data ?? null
  const running = isUnderWay(operation) ? operation : null
  const wasRunning = useRef("")
  useEffect(() => {
    if (running) wasRunning.current = running.id
    else if (operation && wasRunning.current === operation.id) {
      wasRunning.current = ""
      client.setQueryData(latestKey, operation)
      client.invalidateQueries({ queryKey: listKey })
      if (operation.status === "done") onDone(operation)
    }
  })
  const cancel = () => call("POST /operations/:id/cancel", { params: { id } })
  return { latest: operation, running, start, cancel }
}

async function findLatest(kind: string, signal: AbortSignal): Promise<Operation | null> {
  const { data } = await call("GET /operations", { query: { limit: 1, kinds: kind }, signal })
  return data[0] ?? null
}
