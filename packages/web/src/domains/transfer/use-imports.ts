import type { Import } from "@regulars/contract/domains/transfer.endpoints.ts"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useEffect } from "react"
import { call } from "../../lib/api.ts"
import { onLive } from "../../lib/live.ts"
import { useCan } from "../../lib/session.tsx"
import { useErrorToast } from "../../ui/toast.tsx"

export const importKeys = {
  all: ["imports"] as const,
  list: ["imports", "list"] as const,
  one: (id: string) => ["imports", "one", id] as const,
  mappings: ["import-mappings"] as const,
}
/** Whether the server is at work on an import right now, taking it back included. */
export function isWorking(one: Pick<Import, "status" | "undo">): boolean {
  return one.status === "checking" || one.status === "running" || isBeingUndone(one)
}
export function isBeingUndone({ undo }: Pick<Import, "undo">): boolean {
  return undo?.status === "queued" || undo?.status === "running"
}
/** Whether the last attempt to take it back ended before its end: what is left can be taken back by another. */
export function isUndoneInPart({ status, undo }: Pick<Import, "status" | "undo">): boolean {
  return status !== "undone" && (undo?.status === "failed" || undo?.status === "cancelled")
}

/** Asks again whenever the server says that work went on: taking back is work of its own. */
function useLiveImports() {
  const client = useQueryClient()
  useEffect(
    () =>
      onLive((event) => {
        if (event.type === "operation") client.invalidateQueries({ queryKey: importKeys.all })
      }),
    [client],
  )
}

/** Imports so far, newest first; watched closely while one is at work. */
export function useImports() {
  useLiveImports()
  return useQuery({
    queryKey: importKeys.list,
    queryFn: async ({ signal }) => (await call("GET /imports", { signal })).data,
    refetchInterval: ({ state }) => (state.data?.some(isWorking) ? 1500 : false),
    enabled: useCan("imports:read"),
  })
}

/** One import; asked for again and again while the server is at work, and whenever it says that it went on. */
export function useImport(id: string) {
  useLiveImports()
  return useQuery({
    queryKey: importKeys.one(id),
    queryFn: async ({ signal }) => (await call("GET /imports/:id", { params: { id }, signal })).data,
    refetchInterval: ({ state }) => (state.data && isWorking(state.data) ? 700 : false),
  })
}

export type ImportChange = NonNullable<Parameters<typeof call<"PATCH /imports/:id">>[1]["body"]>
/** Changes one import, each change after the one before; the answer is the import as it stands then. */
export function useChangeImport(id: string) {
  const client = useQueryClient()
  const showError = useErrorToast()
  return useMutation({
    scope: { id: `import ${id}` },
    mutationFn: async (body: ImportChange) =>
      (await call("PATCH /imports/:id", { params: { id }, body })).data,
    onMutate: () => client.cancelQueries({ queryKey: importKeys.one(id) }),
    onSuccess: (data) => client.setQueryData(importKeys.one(id), data),
    onError: showError,
  })
}

type Step = "check" | "run" | "cancel" | "undo"
/**
 * Sends an import on its way: checking, importing, stopping, taking back. `onDone` is told before the import is shown
 * at its next step, which may take the caller off the page.
 */
export function useImportStep(id: string, step: Step, onDone?: () => void) {
  const client = useQueryClient()
  return useMutation({
    scope: { id: `import ${id}` },
    mutationFn: async () => (await call(`POST /imports/:id/${step}`, { params: { id } })).data,
    onSuccess: (data) => {
      onDone?.()
      client.setQueryData(importKeys.one(id), data)
      client.invalidateQueries({ queryKey: importKeys.list })
    },
  })
}

/** Saved mappings for this kind of record. */
export function useMappings(entity: string) {
  return useQuery({
    queryKey: importKeys.mappings,
    queryFn: async ({ signal }) => (await call("GET /import-mappings", { signal })).data,
    select: (mappings) => mappings.filter((mapping) => mapping.entity === entity),
  })
}
