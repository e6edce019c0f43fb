import type { Row } from "@regulars/contract/entities.ts"
import type { ListParams } from "@regulars/contract/kernel/entity-calls.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { useInfiniteQuery } from "@tanstack/react-query"
import { keys } from "../../lib/query.ts"
import { fetchList, useList } from "../../lib/records.ts"

export type Task = Row<"tasks">

function of(status: "open" | "done", assigneeId: string | null): Filter {
  const state: Filter = { field: "status", op: "is", value: status }
  return assigneeId ? { all: [state, { field: "assigneeId", op: "is", value: assigneeId }] } : state
}

/** Open tasks, soonest first and those without a date last, by pages of 200; null: everybody's. */
export function useOpenTasks(assigneeId: string | null) {
  const params: ListParams = { filter: of("open", assigneeId), sort: ["dueDate"], limit: 200 }
  return useInfiniteQuery({
    queryKey: keys.list("tasks", { ...params, pages: true }),
    queryFn: ({ pageParam, signal }) => fetchList("tasks", { ...params, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
}
/** What was finished last. */
export function useDoneTasks(assigneeId: string | null, enabled: boolean) {
  return useList("tasks", { filter: of("done", assigneeId), sort: ["-doneAt"], limit: 30 }, enabled)
}
