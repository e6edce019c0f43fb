import type { Twin } from "@regulars/contract/domains/duplicates.endpoints.ts"
import type { MatchedEntity } from "@regulars/contract/domains/duplicates.ts"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { call } from "../../lib/api.ts"
import { useCan } from "../../lib/session.tsx"

/** Quiet milliseconds after the last key before the server is asked. */
const pause = 350

/** What was typed, once no key was pressed for a moment. */
export function useSettled(typed: string): string {
  const [settled, settle] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(settle, pause, typed)
    return () => clearTimeout(timer)
  }, [typed])
  return settled
}

/**
 * Who is there already and may be the one that is being typed. It never stands in the way: while nothing is known,
 * or when the server can't say, there is nobody.
 */
export function useLikelyTwins(entity: MatchedEntity, values: Record<string, unknown>): readonly Twin[] {
  const settled = useSettled(JSON.stringify(values))
  const mayRead = useCan(`${entity}:read`)
  const isEmpty = !Object.values(JSON.parse(settled)).some(Boolean)
  const { data } = useQuery({
    queryKey: ["twins", entity, settled],
    queryFn: async ({ signal }) =>
      (await call(`POST /${entity}/twins`, { body: { values: JSON.parse(settled) }, signal })).data,
    enabled: mayRead && !isEmpty,
    placeholderData: keepPreviousData,
    retry: false,
  })
  return isEmpty ? [] : (data ?? [])
}
