import type { EntityName } from "@regulars/contract/entities.ts"
import { useQuery } from "@tanstack/react-query"
import { request } from "../../../lib/api.ts"
import { isApiError } from "../../../lib/api-error.ts"
import { keys } from "../../../lib/query.ts"
import { type AnyRecord, fetchList } from "../../../lib/records.ts"

/** A record, also when it lies in the bin; fails with `not_found` when there is none at all. */
export function useStoredRecord(entity: EntityName, id: string) {
  return useQuery({
    queryKey: keys.one(entity, id),
    queryFn: async ({ signal }): Promise<AnyRecord> => {
      try {
        return ((await request(`GET /${entity}/:id`, { params: { id }, signal })) as { data: AnyRecord }).data
      } catch (error) {
        if (!isApiError(error, "not_found")) throw error
        const { data } = await fetchList(entity, { only: [id], deleted: true }, signal)
        const [found] = data
        if (!found) throw error
        return found as unknown as AnyRecord
      }
    },
  })
}
