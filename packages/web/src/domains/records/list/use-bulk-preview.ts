import { useDebouncedValue } from "@mantine/hooks"
import type { EntityName } from "@regulars/contract/entities.ts"
import type { BulkPreview } from "@regulars/contract/kernel/bulk-endpoints.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { gatherCustom } from "@regulars/contract/kernel/own-fields.ts"
import { useQuery } from "@tanstack/react-query"
import { request } from "../../../lib/api.ts"
import { bulkTargets } from "./selection.ts"

export interface BulkTarget {
  entity: EntityName
  selected: ReadonlySet<string>
  total: number
  filter: Filter | undefined
}
export interface BulkWork {
  action: "update" | "addTags" | "removeTags" | "delete" | "restore" | "assignTask"
  input?: Record<string, unknown>
}
/** The bodies of the requests that do something with everything selected. */
export function bulkBodies({ selected, total, filter }: BulkTarget, { action, input }: BulkWork) {
  const given = input?.values
    ? { ...input, values: gatherCustom(input.values as Record<string, unknown>) }
    : input
  return bulkTargets(selected, total, filter).map((target) => ({ ...target, action, input: given }))
}

/** Milliseconds after the last change of what is wanted. */
const rest = 250
/** What something with everything selected, which stays the same meanwhile, would come to; nothing is asked while there is nothing wanted. */
export function useBulkPreview(target: BulkTarget, work: BulkWork | null) {
  const [wanted] = useDebouncedValue(work, rest)
  const { data, error } = useQuery({
    queryKey: [target.entity, "bulk-preview", wanted],
    queryFn: ({ signal }) => fetchBulkPreview(target, wanted as BulkWork, signal),
    enabled: wanted !== null,
    staleTime: 0,
    gcTime: 0,
  })
  return { preview: wanted === work ? data : undefined, error }
}
export async function fetchBulkPreview(
  target: BulkTarget,
  work: BulkWork,
  signal?: AbortSignal,
): Promise<BulkPreview> {
  const parts: BulkPreview[] = []
  for (const body of bulkBodies(target, work)) {
    const answer = await request(`POST /${target.entity}/bulk/preview`, { body, signal })
    parts.push((answer as { data: BulkPreview }).data)
  }
  return together(parts)
}
/** What several requests would come to; of the refused the first are named, as by one. */
export function together(parts: readonly BulkPreview[]): BulkPreview {
  const sum = (of: "total" | "changed" | "refusedCount") => parts.reduce((all, part) => all + part[of], 0)
  return {
    total: sum("total"),
    changed: sum("changed"),
    refusedCount: sum("refusedCount"),
    refused: parts.flatMap(({ refused }) => refused),
    isWhole: parts.every(({ isWhole }) => isWhole),
  }
}
