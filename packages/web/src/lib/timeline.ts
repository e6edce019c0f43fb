import type { EntityName } from "@regulars/contract/entities.ts"
import type { TimelineEntry } from "@regulars/contract/kernel/entity-endpoints.ts"
import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import { spreadCustom } from "@regulars/contract/kernel/own-fields.ts"
import { type InfiniteData, type QueryClient, useInfiniteQuery } from "@tanstack/react-query"
import { request } from "./api.ts"
import { keys } from "./query.ts"
import type { AnyRecord } from "./records.ts"

export type { TimelineEntry }

interface Page {
  data: TimelineEntry[]
  page: { next: string | null }
}
type Pages = InfiniteData<Page, string | undefined>

/** What happened with a record, newest first, fetched page by page; `types` as the API takes them, empty for all. */
export function useTimeline(entity: EntityName, id: string, types: readonly string[]) {
  return useInfiniteQuery({
    queryKey: [...keys.timeline(entity, id), types.join(",")],
    queryFn: async ({ pageParam, signal }) => {
      const query = { types: types.join(",") || undefined, cursor: pageParam, limit: 30 }
      return (await request(`GET /${entity}/:id/timeline`, { params: { id }, query, signal })) as Page
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
}

const isTimeline = {
  predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[1] === "timeline",
}

/** A note about one person may stand on several timelines, so all that are open are read again. */
export function refreshTimelines(client: QueryClient): Promise<void> {
  return client.invalidateQueries(isTimeline)
}

/** Before a change is shown at once: what is on its way from the server does not know of it yet. */
export function holdTimelines(client: QueryClient): void {
  void client.cancelQueries(isTimeline)
}

function changeEntries(client: QueryClient, change: (entries: TimelineEntry[]) => TimelineEntry[]): void {
  client.setQueriesData<Pages>(isTimeline, (old) => {
    if (!old?.pages) return old
    return { ...old, pages: old.pages.map((page) => ({ ...page, data: change(page.data) })) }
  })
}
/** What an entry tells of, own values beside the others. */
export function recordOf(entry: TimelineEntry): AnyRecord | undefined {
  const record = entry.data.record as AnyRecord | undefined
  return record && (spreadCustom(record) as AnyRecord)
}
/** Changes the note, task or activity that entries tell of, on every open timeline. */
export function patchInTimelines(client: QueryClient, recordId: string, changes: object): void {
  changeEntries(client, (entries) =>
    entries.map((entry) => {
      const record = recordOf(entry)
      if (record?.id !== recordId) return entry
      return { ...entry, data: { ...entry.data, record: { ...record, ...changes } } }
    }),
  )
}
export function dropFromTimelines(client: QueryClient, recordId: string): void {
  changeEntries(client, (entries) => entries.filter((entry) => recordOf(entry)?.id !== recordId))
}

/** Puts an entry on a timeline before the server has heard of it; answers how to take it away again. */
export function addToTimeline(
  client: QueryClient,
  subject: RecordReference & { entity: string },
  entry: TimelineEntry,
) {
  const { queryKey } = { queryKey: keys.timeline(subject.entity, subject.id) }
  const kind = entry.type.split(".")[0] as string
  for (const [key] of client.getQueriesData<Pages>({ queryKey })) {
    const types = String(key.at(-1) ?? "")
    if (types !== "" && !types.split(",").includes(kind)) continue
    client.setQueryData<Pages>(key, (old) => {
      const [first, ...rest] = old?.pages ?? []
      return old && first && { ...old, pages: [{ ...first, data: inOrder([entry, ...first.data]) }, ...rest] }
    })
  }
  return () => changeEntries(client, (entries) => entries.filter((other) => other.id !== entry.id))
}
function inOrder(entries: TimelineEntry[]): TimelineEntry[] {
  return entries.toSorted((one, other) => other.occurredAt.localeCompare(one.occurredAt))
}
