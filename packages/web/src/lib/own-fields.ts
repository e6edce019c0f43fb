import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { call } from "./api.ts"
import { takeOwnFields } from "./declarations.ts"
import { keys } from "./query.ts"

/** The workspace's own fields as the server knows them. */
function useFieldsQuery(enabled = true) {
  return useQuery({
    queryKey: keys.lists("fields"),
    queryFn: async ({ signal }) => (await call("GET /fields", { query: {}, signal })).data,
    staleTime: 5 * 60_000,
    enabled,
  })
}

/**
 * Makes the workspace's own fields part of what every page knows of its entities; false until they are there. Where
 * they can't be had, the pages show what the product declares.
 */
export function useOwnFields(enabled: boolean): boolean {
  const { data, error } = useFieldsQuery(enabled)
  // Before anything below is drawn: pages read declarations, not this query.
  useMemo(() => takeOwnFields(data ?? []), [data])
  return data !== undefined || error !== null
}
