import type { EntityName } from "@regulars/contract/entities.ts"
import { type AnyRecord, fetchList, type ListAnswer } from "../../../lib/records.ts"

/** Rows by id, 200 to a request, with the names of what they link to as `target id`. */
export async function fetchRows(
  entity: EntityName,
  ids: readonly string[],
  { fields, include }: { fields: string[]; include: string[] },
): Promise<{ rows: AnyRecord[]; names: Map<string, string> }> {
  const rows: AnyRecord[] = []
  const names = new Map<string, string>()
  for (let start = 0; start < ids.length; start += 200) {
    const only = ids.slice(start, start + 200)
    const params = { only, fields, include, limit: only.length }
    const answer = (await fetchList(entity, params)) as ListAnswer<unknown> as ListAnswer<AnyRecord>
    rows.push(...answer.data)
    for (const [target, byId] of Object.entries(answer.included ?? {}))
      for (const [id, name] of Object.entries(byId)) names.set(`${target} ${id}`, name)
  }
  return { rows, names }
}
