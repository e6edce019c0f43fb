import type { View, ViewDefaults } from "@regulars/contract/domains/views.endpoints.ts"
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query"
import { useMemo } from "react"
import { call } from "../../../lib/api.ts"
import { hasPages } from "../../../lib/declarations.ts"
import { keys } from "../../../lib/query.ts"
import { inSidebar } from "./view-state.ts"

interface Views {
  data: View[]
  defaults: ViewDefaults
}
// Below `lists`, so that a change by somebody else is heard of.
const key = keys.list("views", {})
const none: readonly View[] = []

/** Everybody's shared views and one's own, of all entities; asked for once for sidebar and lists together. */
function useViews() {
  const { data, isPending } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call("GET /views", { query: {}, signal }),
    staleTime: 60_000,
    // A list waits for this where it may open with a view: better without than late.
    retry: false,
  })
  return { views: data?.data ?? none, defaults: data?.defaults, isPending }
}
/** The views of one entity in their order, and the one its list opens with. */
export function useViewsOf(entity: string) {
  const { views, defaults, isPending } = useViews()
  const own = useMemo(() => views.filter((view) => view.entity === entity), [views, entity])
  const { everyone = null, own: chosen = null } = defaults?.[entity] ?? {}
  const opening = own.find((view) => view.id === (chosen ?? everyone))
  return { views: own, everyone, chosen, opening, isPending }
}

/** Every view that has a page to open on, in their order. */
export function useOpenableViews(): readonly View[] {
  const { views } = useViews()
  return useMemo(() => views.filter(({ entity }) => hasPages(entity)), [views])
}
/** What stands in the member's sidebar, by their own choice or as for everybody. */
export function usePinnedViews(): readonly View[] {
  return inSidebar(useOpenableViews())
}

/** Puts an answer of the server in the place of what was known. */
export function useKeepViews() {
  const client = useQueryClient()
  return {
    put: (view: View) =>
      update(client, (data) => inOrder([...data.filter(({ id }) => id !== view.id), view])),
    take: (id: string) => update(client, (data) => data.filter((view) => view.id !== id)),
    putDefaults: (defaults: ViewDefaults) =>
      client.setQueryData<Views>(key, (old) => old && { ...old, defaults }),
    refresh: () => client.invalidateQueries({ queryKey: key }),
  }
}
function update(client: QueryClient, change: (views: View[]) => View[]): void {
  client.setQueryData<Views>(key, (old) => old && { ...old, data: change(old.data) })
}
function inOrder(views: View[]): View[] {
  return views.sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1))
}
