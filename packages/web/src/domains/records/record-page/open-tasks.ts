import type { ListParams } from "@regulars/contract/kernel/entity-calls.ts"
import { keys } from "../../../lib/query.ts"

/** Open tasks about a record, soonest first; the header and the panel share the answer. */
export function openTasksQuery(id: string) {
  const params: ListParams = {
    filter: {
      all: [
        { field: "about", op: "isAnyOf", value: [id] },
        { field: "status", op: "is", value: "open" },
      ],
    },
    sort: ["dueDate"],
    limit: 50,
  }
  return { params, queryKey: keys.list("tasks", params) }
}
