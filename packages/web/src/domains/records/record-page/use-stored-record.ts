import type { EntityName } from "@regulars/contract/entities.ts"
import { useQuery } from "@tanstack/react-query"
import { useEffect } from "react"
import { useLocation } from "wouter"
import { ApiError, isApiError } from "../../../lib/api-error.ts"
import { keys } from "../../../lib/query.ts"
import { type AnyRecord, fetchList } from "../../../lib/records.ts"

const isId = (text: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)

/** A record, also when it lies in the bin, or the one it was merged into; fails with `not_found` when there is none at all. */
export function useStoredRecord(entity: EntityName, id: string) {
  const [, navigate] = useLocation()
  const query = useQuery({
    queryKey: keys.one(entity, id),
    queryFn: async ({ signal }): Promise<AnyRecord> => {
      // Asked for by its id, a record of the bin comes along: one question, and none of them refused.
      const ask = (one: string) => fetchList(entity, { only: [one], deleted: true }, signal)
      const answer: Awaited<ReturnType<typeof ask>> = isId(id)
        ? await ask(id)
        : { data: [], page: { next: null } }
      const into = answer.merged?.[id.toLowerCase()]
      const [found] = into ? (await ask(into)).data : answer.data
      if (!found) throw new ApiError({ code: "not_found", status: 404 })
      return found as unknown as AnyRecord
    },
  })
  // What was seen until now may be another one's to see.
  const data = isApiError(query.error, "not_found") ? undefined : query.data
  const actual = data?.id
  useEffect(() => {
    if (actual && actual !== id.toLowerCase()) navigate(`/${entity}/${actual}`, { replace: true })
  }, [actual, entity, id, navigate])
  return { ...query, data }
}
