import type { Session } from "@regulars/contract/domains/workspace.endpoints.ts"
import { type QueryClient, queryOptions, useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { call } from "./api.ts"
import { takeOwn } from "./declarations.ts"
import { keys } from "./query.ts"

/** Below the lists of fields, so that a change by somebody else is heard of. */
const objectTypesKey = keys.list("fields", "objects")
const choiceListsKey = keys.list("fields", "choices")

/** The workspace's own fields as the server knows them. */
const fieldsQuery = queryOptions({
  queryKey: keys.lists("fields"),
  queryFn: async ({ signal }) => (await call("GET /fields", { query: {}, signal })).data,
  staleTime: 5 * 60_000,
})
const objectTypesQuery = queryOptions({
  queryKey: objectTypesKey,
  queryFn: async ({ signal }) => (await call("GET /object-types", { query: {}, signal })).data,
  staleTime: 5 * 60_000,
})
const choiceListsQuery = queryOptions({
  queryKey: choiceListsKey,
  queryFn: async ({ signal }) => (await call("GET /choice-lists", { signal })).data,
  staleTime: 5 * 60_000,
})
/** Its own objects as far as the member sees their records. */
export function useObjectTypes(enabled = true) {
  return useQuery({ ...objectTypesQuery, enabled })
}
/** Asks for all of these before the first page is drawn, which needs them. */
export function fetchOwnFieldsAhead(client: QueryClient): void {
  client.prefetchQuery(fieldsQuery)
  client.prefetchQuery(objectTypesQuery)
  client.prefetchQuery(choiceListsQuery)
}

/**
 * Makes the workspace's own fields, objects and choices part of what every page knows; false until they are there. Where
 * they can't be had, the pages show what the product declares.
 */
export function useOwnFields(enabled: boolean, currency: string | undefined): boolean {
  const fields = useQuery({ ...fieldsQuery, enabled })
  const types = useObjectTypes(enabled)
  const lists = useQuery({ ...choiceListsQuery, enabled })
  // Before anything below is drawn: pages read declarations, not this query.
  useMemo(
    () => takeOwn({ fields: fields.data ?? [], types: types.data ?? [], lists: lists.data ?? {}, currency }),
    [fields.data, types.data, lists.data, currency],
  )
  return [fields, types, lists].every(({ data, error }) => data !== undefined || error !== null)
}

/** The session with what its member may do with own objects. */
export function useWithObjects(session: Session | undefined): Session | undefined {
  const { data } = useObjectTypes(false)
  return useMemo(() => {
    if (!session || !data?.length) return session
    const own = data.flatMap(({ entity, can }) => [
      `${entity}:read`,
      ...Object.entries(can).flatMap(([action, may]) => (may ? [`${entity}:${action}`] : [])),
    ])
    return { ...session, permissions: [...session.permissions, ...own] }
  }, [session, data])
}
