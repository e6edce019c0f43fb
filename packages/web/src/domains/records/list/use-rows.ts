import type { EntityName } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import {
  keepPreviousData,
  type QueryClient,
  useQueries,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { useCallback, useEffect, useRef, useState } from "react"
import { useMembers } from "../../../lib/names.ts"
import { keys } from "../../../lib/query.ts"
import { type AnyRecord, fetchList, keepNames } from "../../../lib/records.ts"

export interface View {
  entity: EntityName
  filter?: Filter | undefined
  sort?: string[] | undefined
  /** The bin instead of the living. */
  deleted?: boolean
  /** False while it is not known yet what to show. */
  ready?: boolean
}
const none: readonly string[] = []
/** Most rows a scrolling box can hold: browsers end at about 17 million pixels. */
export const mostRows = 400_000

/**
 * Ids of a whole view in order, asked for once and again when something changed; the ids of the view before stay
 * until the new ones are there (`changing`).
 */
export function useViewIds({ entity, filter, sort, deleted, ready = true }: View) {
  const params = { ids: true, filter, sort, deleted }
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: keys.list(entity, params),
    queryFn: async ({ signal }) => (await fetchList(entity, params, signal)).ids ?? [],
    placeholderData: keepPreviousData,
    // Each holds up to 100,000 ids: views left behind are soon forgotten.
    gcTime: 60_000,
    enabled: ready,
  })
  return { ids: data ?? none, loaded: data !== undefined, error, refetch, changing: isPlaceholderData }
}

const windowSize = 60
/** Pause in which the rows in sight must stay the same before they are asked for (milliseconds). */
const settling = 40
const mostKept = 3000

/** What rows of a list are asked for. */
export interface RowsWanted {
  fields: readonly string[]
  include: readonly string[]
  deleted?: boolean
}
/**
 * Rows of the part of a view in sight, fetched in windows by id. Rows seen before are kept, so that scrolling back
 * or a change of the order shows no gaps; undefined stands for a row still on its way.
 */
export function useRowWindows(
  entity: EntityName,
  ids: readonly string[],
  range: { first: number; last: number },
  { fields, include, deleted }: RowsWanted,
): (index: number) => AnyRecord | undefined {
  const { first, last } = useSettled(range)
  const known = useRef(new Map<string, AnyRecord>())
  const windows: string[][] = []
  for (let start = first - (first % windowSize); start <= last && start < ids.length; start += windowSize)
    windows.push(ids.slice(start, start + windowSize))
  const rows = useQueries({
    queries: windows.map((only) => {
      const params = { only, fields: [...fields], include: [...include], deleted }
      return {
        queryKey: keys.list(entity, params),
        queryFn: async ({ signal, client }: { signal: AbortSignal; client: QueryClient }) => {
          const answer = await fetchList(entity, params, signal)
          keepNames(client, answer.included)
          return answer
        },
        gcTime: 60_000,
      }
    }),
    combine: (results) => results.flatMap((result) => (result.data?.data ?? []) as unknown as AnyRecord[]),
  })
  for (const row of rows) remember(known.current, row)
  return (index) => known.current.get(ids[index] ?? "")
}
function remember(known: Map<string, AnyRecord>, row: AnyRecord) {
  // The newest stand last, so that the oldest are dropped first.
  known.delete(row.id)
  known.set(row.id, row)
  if (known.size <= mostKept) return
  const [oldest] = known.keys()
  if (oldest !== undefined) known.delete(oldest)
}

/** The range once scrolling rests for a moment: rows that only fly by are never asked for. */
function useSettled(range: { first: number; last: number }) {
  const [settled, setSettled] = useState(range)
  const { first, last } = range
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ first, last }), settling)
    return () => clearTimeout(timer)
  }, [first, last])
  // The very first rows are wanted at once.
  return settled.last <= 0 ? range : settled
}

/** Names of members and linked records as far as they are known; the rows brought them along. */
export function useKnownNames(): (target: string, id: string) => string | undefined {
  const client = useQueryClient()
  const members = useMembers().data
  return useCallback(
    (target, id) =>
      target === "members"
        ? members?.find((member) => member.id === id)?.name
        : (client.getQueryData<string | null>(keys.name(target, id)) ?? undefined),
    [client, members],
  )
}
