import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect, useRef } from "react"
import { call } from "../../../lib/api.ts"
import { keys } from "../../../lib/query.ts"

const listKey = ["backups"]
const latestKey = ["operations", "latestBackup"]
/** Pause between questions while a backup runs (milliseconds). */
const pause = 700
const isUnderWay = (operation: Operation | null | undefined) =>
  operation?.status === "queued" || operation?.status === "running"

/** The backups on the server and the latest one asked for here, found again by whoever left the page meanwhile. */
export function useBackups(onDone: () => void) {
  const client = useQueryClient()
  const list = useQuery({
    queryKey: listKey,
    queryFn: ({ signal }) => call("GET /backups", { signal }),
  })
  const latest = useQuery({ queryKey: latestKey, queryFn: ({ signal }) => findLatest(signal) })
  const id = latest.data?.id ?? ""
  const progress = useQuery({
    queryKey: keys.operation(id),
    queryFn: async ({ signal }) => (await call("GET /operations/:id", { params: { id }, signal })).data,
    enabled: isUnderWay(latest.data),
    refetchInterval: ({ state }) => (isUnderWay(state.data ?? latest.data) ? pause : false),
  })
  const start = useMutation({
    mutationFn: async () => (await call("POST /backups")).data,
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
      if (operation.status === "done") onDone()
    }
  })
  const cancel = () => call("POST /operations/:id/cancel", { params: { id } })
  return { list, latest: operation, running, start, cancel }
}

async function findLatest(signal: AbortSignal): Promise<Operation | null> {
  const { data } = await call("GET /operations", { query: { limit: 50 }, signal })
  return data.find(({ kind }) => kind === "backup") ?? null
}
