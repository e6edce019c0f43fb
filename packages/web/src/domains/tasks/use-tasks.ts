import type { Row } from "@regulars/contract/entities.ts"
import type { ListParams } from "@regulars/contract/kernel/entity-calls.ts"
import { type Filter, me } from "@regulars/contract/kernel/filter.ts"
import { useInfiniteQuery } from "@tanstack/react-query"
import { keys } from "../../lib/query.ts"
import { fetchList, useList } from "../../lib/records.ts"

export type Task = Row<"tasks">

export type Whose = "mine" | "all"

function of(status: "open" | "done", whose: Whose): Filter {
  const state: Filter = { field: "status", op: "is", value: status }
  return whose === "mine" ? { all: [state, { field: "assigneeId", op: "is", value: me }] } : state
}

/** Open tasks, soonest first and those without a date last, by pages of 200. */
export function useOpenTasks(whose: Whose) {
  const params: ListParams = { filter: of("open", whose), sort: ["dueDate"], limit: 200 }
  return useInfiniteQuery({
    queryKey: keys.list("tasks", { ...params, pages: true }),
    queryFn: ({ pageParam, signal }) => fetchList("tasks", { ...params, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
}
/** What was finished last. */
export function useDoneTasks(whose: Whose, enabled: boolean) {
  return useList("tasks", { filter: of("done", whose), sort: ["-doneAt"], limit: 30 }, enabled)
}
