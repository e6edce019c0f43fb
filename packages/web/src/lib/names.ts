import { type EntityName, isEntityName } from "@regulars/contract/entities.ts"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useCallback } from "react"
import { call } from "./api.ts"
import { wholeDeclarationOf } from "./declarations.ts"
import { titleOf } from "./format.ts"
import { keys } from "./query.ts"
import { fetchList } from "./records.ts"

interface Waiting {
  id: string
  resolve(name: string | null): void
  reject(error: unknown): void
}
const queues = new Map<EntityName, Waiting[]>()

/** Asks for one name; names asked for in the same moment travel together, 200 to a request. */
function fetchName(entity: EntityName, id: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const queue = queues.get(entity)
    if (queue) queue.push({ id, resolve, reject })
    else {
      queues.set(entity, [{ id, resolve, reject }])
      setTimeout(() => flush(entity), 5)
    }
  })
}
async function flush(entity: EntityName) {
  const queue = queues.get(entity) ?? []
  queues.delete(entity)
  for (let start = 0; start < queue.length; start += 200) {
    const part = queue.slice(start, start + 200)
    try {
      const only = [...new Set(part.map((waiting) => waiting.id))]
      const { data } = await fetchList(entity, { only, fields: titleFields(entity), limit: only.length })
      const names = new Map(data.map((row) => [row.id, titleOf(row, wholeDeclarationOf(entity).title)]))
      for (const waiting of part) waiting.resolve(names.get(waiting.id) ?? null)
    } catch (error) {
      for (const waiting of part) waiting.reject(error)
    }
  }
}
/** Fields that are enough to name a record. */
export function titleFields(entity: EntityName): string[] {
  return entity === "people" ? ["name", "emails", "phones"] : [wholeDeclarationOf(entity).title]
}

export function useMembers() {
  return useQuery({
    queryKey: keys.members,
    queryFn: async ({ signal }) => (await call("GET /members", { signal })).data,
    staleTime: 5 * 60_000,
  })
}

/**
 * Name of a linked record or member: undefined while it loads, null when it is gone or not the viewer's to see.
 */
export function useNameOf(target: string, id: string | null | undefined): string | null | undefined {
  const members = useMembers()
  const isRecord = isEntityName(target)
  const { data, isError } = useQuery({
    queryKey: keys.name(target, id ?? ""),
    queryFn: () => fetchName(target as EntityName, id as string),
    enabled: isRecord && Boolean(id),
    staleTime: 5 * 60_000,
  })
  if (!id) return null
  if (isRecord) return isError ? null : data
  if (target !== "members") return null
  return members.data ? (members.data.find((member) => member.id === id)?.name ?? null) : undefined
}

/** Remembers names that came with another answer, so that they need not be asked for. */
export function useKnowName() {
  const client = useQueryClient()
  return useCallback(
    (entity: string, id: string, name: string) => client.setQueryData(keys.name(entity, id), name),
    [client],
  )
}
