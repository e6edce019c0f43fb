import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import type { ObjectName } from "@regulars/contract/kernel/own-objects.ts"
import { declarationOf, useList } from "../../../lib/records.ts"
import { useCan } from "../../../lib/session.tsx"
import { useSettled } from "../../duplicates/use-likely-twins.ts"
import type { Candidate } from "./twins.ts"

/** Types of which two records seldom hold the same by chance. */
const telling = ["text", "email", "phone", "url"]
/** Letters of a name from which on names that begin so are worth a look. */
const fewest = 3
const most = 5

/** Records of an own object that bear the name that is being typed, begin with it, or hold the same in a text field. */
export function useLikelyObjects(entity: ObjectName, values: Record<string, unknown>): Candidate[] {
  const settled = JSON.parse(useSettled(JSON.stringify(values))) as Record<string, unknown>
  const mayRead = useCan(`${entity}:read`)
  const { fields } = declarationOf(entity)
  const typed = Object.entries(settled).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" && value.trim() !== "" && telling.includes(fields[key]?.type ?? "")
      ? [[key, value.trim()]]
      : [],
  )
  const conditions = typed.flatMap(([field, value]): Filter[] => [
    { field, op: "is", value },
    ...(field === "name" && value.length >= fewest ? [{ field, op: "startsWith", value } as const] : []),
  ])
  const keys = ["name", ...typed.map(([key]) => key)]
  const params = { filter: { any: conditions }, fields: [...new Set(keys)], limit: most }
  const { data } = useList(entity, params, mayRead && conditions.length > 0)
  if (conditions.length === 0) return []
  return (data?.data ?? []).map((row) => {
    const record = row as unknown as Record<string, unknown> & { id: string }
    const same = typed.find(([key, value]) => fold(String(record[key] ?? "")) === fold(value))
    const [field, value] = same ?? [null, ""]
    return { id: record.id, name: String(record.name ?? ""), field, value }
  })
}
