import type { EntityName } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import type { GroupsAnswer } from "@regulars/contract/kernel/groups-endpoints.ts"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { request } from "../../../../lib/api.ts"
import { keys } from "../../../../lib/query.ts"

interface Wanted {
  by: string
  period?: string | undefined
  /** Fields to be added up. */
  fields: readonly string[]
  filter: Filter | undefined
}
/** How many records there are of each value of a field, and what their numbers come to. */
export function useGroups(entity: EntityName, params: Wanted) {
  return useQuery({
    queryKey: [...keys.lists(entity), "groups", params],
    queryFn: async ({ signal }) =>
      (await request(`POST /${entity}/groups`, { body: params, signal })) as GroupsAnswer,
    placeholderData: keepPreviousData,
  })
}
