import type { EntityName, Row } from "@regulars/contract/entities.ts"
import type { ListAnswer, ListParams } from "@regulars/contract/kernel/entity-calls.ts"
import { gatherCustom, spreadCustom } from "@regulars/contract/kernel/own-fields.ts"
import {
  keepPreviousData,
  type QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import type { AnyRecord } from "./any-record.ts"
import { request } from "./api.ts"
import { declarationOf, wholeDeclarationOf } from "./declarations.ts"
import { type Patch, sendPatch } from "./patch-record.ts"
import { keys } from "./query.ts"

export { declarationOf } from "./declarations.ts"
export type { AnyRecord, ListAnswer, ListParams }

/** Fields that are hidden from the member are not asked for. */
function withinFields(entity: EntityName, params: ListParams): ListParams {
  const { fields } = params
  const [own, whole] = [declarationOf(entity), wholeDeclarationOf(entity)]
  if (!fields || own === whole) return params
  return { ...params, fields: fields.filter((key) => key in own.fields || !(key in whole.fields)) }
}

export async function fetchList<N extends EntityName>(
  entity: N,
  params: ListParams,
  signal?: AbortSignal,
): Promise<ListAnswer<Row<N>>> {
  const body = withinFields(entity, params)
  const answer = (await request(`POST /${entity}/query`, { body, signal })) as ListAnswer<Row<N>>
  return { ...answer, data: answer.data.map((row) => spreadCustom(row) as Row<N>) }
}
/** One page of a list, or its ids; the last answer stays shown while the next is fetched. */
export function useList<N extends EntityName>(entity: N, params: ListParams, enabled = true) {
  return useQuery({
    queryKey: keys.list(entity, params),
    queryFn: async ({ signal, client }) => {
      const answer = await fetchList(entity, params, signal)
      keepNames(client, answer.included)
      return answer
    },
    placeholderData: keepPreviousData,
    enabled,
  })
}

type Names = Record<string, Record<string, string>>
/** Names of linked records came along (`include`): they need not be asked for one by one. */
export function keepNames(client: QueryClient, included: Names | undefined): void {
  for (const [entity, names] of Object.entries(included ?? {}))
    for (const [id, name] of Object.entries(names)) client.setQueryData(keys.name(entity, id), name)
}

/** One record; `include` names the link fields whose names shall come along. */
export function useRecord<N extends EntityName>(entity: N, id: string, include: readonly string[] = []) {
  return useQuery({
    queryKey: keys.one(entity, id),
    queryFn: async ({ signal, client }) => {
      const query = include.length > 0 ? { include: include.join(",") } : undefined
      const answer = await request(`GET /${entity}/:id`, { params: { id }, query, signal })
      const { data, included } = answer as { data: Row<N>; included?: Names }
      keepNames(client, included)
      return spreadCustom(data) as Row<N>
    },
  })
}

/** A list as it is cached: one answer, or pages of them one below the other. */
interface CachedList {
  data?: AnyRecord[]
  pages?: CachedList[]
}
const rowsOf = ({ data = [], pages = [] }: CachedList): AnyRecord[] => [...data, ...pages.flatMap(rowsOf)]
function withRow(list: CachedList, id: string, changes: object): CachedList {
  const change = (row: AnyRecord) => (row.id === id ? { ...row, ...changes } : row)
  return {
    ...list,
    ...(list.data && { data: list.data.map(change) }),
    ...(list.pages && { pages: list.pages.map((page) => withRow(page, id, changes)) }),
  }
}

/** Writes changed fields into every cached copy of a record. */
function patchCache(client: QueryClient, entity: string, id: string, changes: object): void {
  client.setQueryData<AnyRecord>(keys.one(entity, id), (old) => old && { ...old, ...changes })
  client.setQueriesData<CachedList>({ queryKey: keys.lists(entity) }, (old) =>
    old && rowsOf(old).some((row) => row.id === id) ? withRow(old, id, changes) : old,
  )
}

/**
 * Changes fields of a record: shown at once, taken back when the server refuses. The error is the caller's to
 * show (`mutateAsync` throws it). With `version` somebody else's change of the same field is asked about first.
 */
export function usePatchRecord(entity: EntityName) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (patch: Patch) => sendPatch(entity, patch),
    async onMutate({ id, changes }) {
      await client.cancelQueries({ queryKey: keys.one(entity, id) })
      const before = client.getQueryData<AnyRecord>(keys.one(entity, id)) ?? cachedRow(client, entity, id)
      patchCache(client, entity, id, changes)
      return before && Object.fromEntries(Object.keys(changes).map((key) => [key, before[key]]))
    },
    onError: (_error, { id }, before) => before && patchCache(client, entity, id, before),
    onSuccess: ({ record }, { id }) => patchCache(client, entity, id, record),
    onSettled(_data, error, { id }) {
      // A refusal may mean that what is shown here is old.
      if (error) client.invalidateQueries({ queryKey: keys.one(entity, id) })
      refreshAround(client, entity, id)
    },
  })
}
function cachedRow(client: QueryClient, entity: string, id: string): AnyRecord | undefined {
  const lists = client.getQueriesData<CachedList>({ queryKey: keys.lists(entity) })
  return lists.flatMap(([, list]) => (list ? rowsOf(list) : [])).find((row) => row.id === id)
}
function refreshAround(client: QueryClient, entity: string, id: string) {
  client.invalidateQueries({ queryKey: keys.timeline(entity, id) })
  client.invalidateQueries({ queryKey: keys.name(entity, id) })
}

/** Creates a record. `allowDuplicate` after someone has seen the `duplicate_suspected` answer and insists. */
export function useCreateRecord(entity: EntityName) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ values, allowDuplicate }: { values: object; allowDuplicate?: boolean }) => {
      const query = allowDuplicate ? { allowDuplicate: "true" } : undefined
      const body = gatherCustom(values as Record<string, unknown>)
      const { data } = (await request(`POST /${entity}`, { body, query })) as { data: AnyRecord }
      return spreadCustom(data) as AnyRecord
    },
    onSuccess: (record) => {
      client.setQueryData(keys.one(entity, record.id), record)
      client.invalidateQueries({ queryKey: keys.lists(entity) })
    },
  })
}

/** Moves a record to the bin, and `restore` brings it back: offer it as Undo in a toast. */
export function useDeleteRecord(entity: EntityName) {
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: keys.entity(entity) })
  const remove = useMutation({
    mutationFn: async (id: string) => {
      await request(`DELETE /${entity}/:id`, { params: { id } })
    },
    onSuccess: refresh,
  })
  const restore = useMutation({
    mutationFn: async (wanted: string | { id: string; withoutTaken: boolean }) => {
      const id = typeof wanted === "string" ? wanted : wanted.id
      const query = typeof wanted === "object" && wanted.withoutTaken ? { withoutTaken: "true" } : undefined
      await request(`POST /${entity}/:id/restore`, { params: { id }, query })
    },
    onSuccess: refresh,
  })
  return { remove, restore }
}
