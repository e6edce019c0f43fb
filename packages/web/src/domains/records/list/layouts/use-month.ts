import type { EntityName } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { keys } from "../../../../lib/query.ts"
import { type AnyRecord, declarationOf, fetchList } from "../../../../lib/records.ts"
import { addDays } from "./calendar-days.ts"
import { within } from "./layout-props.ts"

const perPage = 200
/** More than this is nobody's calendar; a filter makes it one. */
const mostPages = 5

interface Month {
  by: string
  filter: Filter | undefined
  days: readonly string[]
}
/** Records of which a field falls on one of the days; `capped` when there are more than are answered. */
export function useMonth(entity: EntityName, { by, filter, days }: Month) {
  const [first = "", last = ""] = [days[0], days.at(-1)]
  // A day more on each side, where the viewer's midnight is not the workspace's.
  const range: Filter = { field: by, op: "between", value: [addDays(first, -1), addDays(last, 1)] }
  const { title, subtitle = [] } = declarationOf(entity)
  const params = { filter: within(filter, range), fields: [...new Set([title, ...subtitle, by])] }
  return useQuery({
    queryKey: [...keys.lists(entity), "month", params],
    queryFn: async ({ signal }) => {
      const data: AnyRecord[] = []
      let cursor: string | undefined
      for (let page = 0; page < mostPages; page++) {
        const answer = await fetchList(
          entity,
          { ...params, limit: perPage, ...(cursor && { cursor }) },
          signal,
        )
        data.push(...(answer.data as unknown as AnyRecord[]))
        cursor = answer.page.next ?? undefined
        if (!cursor) break
      }
      return { data, capped: cursor !== undefined }
    },
    placeholderData: keepPreviousData,
  })
}
