import type { EntityName } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useDeferredValue } from "react"
import { isApiError } from "../../../../lib/api-error.ts"
import { keys } from "../../../../lib/query.ts"
import { declarationOf, fetchList } from "../../../../lib/records.ts"
import { withoutBroken } from "./model.ts"

/** Pause after the last change before it is counted (milliseconds): a word makes one question, not one per letter. */
const pause = 180

/**
 * How many records match, a little after the last change; `capped` where counting stopped. The count before stays,
 * `stale`, until the new one is there. What is typed half may be refused: then there is no count, and no error.
 */
export function useMatchCount(entity: EntityName, filter: Filter | undefined) {
  const declaration = declarationOf(entity)
  // Counted as the list shows it: without conditions on what is gone.
  const text = useDeferredValue(JSON.stringify(withoutBroken(filter ?? null, declaration).filter))
  const params = {
    filter: (JSON.parse(text) as Filter | null) ?? undefined,
    limit: 1,
    fields: [declaration.title],
    count: "true" as const,
  }
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: keys.list(entity, params),
    queryFn: async ({ signal }) => {
      await new Promise((resolve) => setTimeout(resolve, pause))
      signal.throwIfAborted()
      return (await fetchList(entity, params, signal)).count
    },
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  })
  const isRefused = isApiError(error, "validation_failed")
  return { count: data, isStale: isPlaceholderData, error: isRefused ? null : error, isRefused }
}
