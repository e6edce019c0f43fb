import type { EntityName } from "@regulars/contract/entities.ts"
import { useQuery } from "@tanstack/react-query"
import { ApiError } from "../../../lib/api-error.ts"
import { keys } from "../../../lib/query.ts"
import { type AnyRecord, fetchList } from "../../../lib/records.ts"

const isId = (text: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)

/** A record, also when it lies in the bin; fails with `not_found` when there is none at all. */
export function useStoredRecord(entity: EntityName, id: string) {
  return useQuery({
    queryKey: keys.one(entity, id),
    queryFn: async ({ signal }): Promise<AnyRecord> => {
      // Asked for by its id, a record of the bin comes along: one question, and none of them refused.
      const { data } = isId(id)
        ? await fetchList(entity, { only: [id], deleted: true }, signal)
        : { data: [] }
      const [found] = data
      if (!found) throw new ApiError({ code: "not_found", status: 404 })
      return found as unknown as AnyRecord
    },
  })
}
