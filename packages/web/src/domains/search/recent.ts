import { type EntityName, isEntityName } from "@regulars/contract/entities.ts"
import { readStored, store } from "../../lib/storage.ts"

export interface RecentRecord {
  entity: EntityName
  id: string
}
/** Records remembered on this device. */
const most = 8

/** The record a page shows, if it shows one: `/people/<id>`. */
export function recordAt(path: string): RecentRecord | undefined {
  const [, entity = "", id = ""] = /^\/((?:objects\/)?[^/]+)\/([0-9a-f-]{36})$/.exec(path) ?? []
  return isEntityName(entity) ? { entity, id } : undefined
}
/** The list with one record moved or added to the front. */
export function withRecent(list: readonly RecentRecord[], seen: RecentRecord): RecentRecord[] {
  return [seen, ...list.filter((one) => one.id !== seen.id)].slice(0, most)
}
export function readRecent(workspaceId: string): RecentRecord[] {
  try {
    const stored: unknown = JSON.parse(readStored(`recent.${workspaceId}`) ?? "[]")
    return Array.isArray(stored) ? stored.filter(isRecent).slice(0, most) : []
  } catch {
    return []
  }
}
export function rememberRecent(workspaceId: string, seen: RecentRecord): void {
  store(`recent.${workspaceId}`, JSON.stringify(withRecent(readRecent(workspaceId), seen)))
}
function isRecent(value: unknown): value is RecentRecord {
  const one = value as Partial<RecentRecord> | null
  return typeof one?.id === "string" && typeof one.entity === "string" && isEntityName(one.entity)
}
