import type { EntityName } from "@regulars/contract/entities.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import type { AnyRecord } from "../../../lib/any-record.ts"
import { titleOf } from "../../../lib/format.ts"
import { declarationOf, useList } from "../../../lib/records.ts"
import { useCan } from "../../../lib/session.tsx"
import { useSettled } from "../../duplicates/use-likely-twins.ts"
import type { Candidate } from "./twins.ts"

/** Types of which two records seldom hold the same by chance. */
const telling = ["text", "email", "phone", "url"]
/** Letters of a name from which on names that begin so are worth a look. */
const fewest = 3
const most = 5

/** Records that bear the name that is being typed, begin with it, or hold the same in a text field. */
export function useLikelyRecords(entity: EntityName, values: Record<string, unknown>): Candidate[] {
  const settled = JSON.parse(useSettled(JSON.stringify(values))) as Record<string, unknown>
  const mayRead = useCan(`${entity}:read`)
  const declaration = declarationOf(entity)
  const { fields, title } = declaration
  const typed = Object.entries(settled).flatMap(([key, value]): [string, string][] => {
    const field = fields[key]
    return typeof value === "string" &&
      value.trim() !== "" &&
      field?.filter !== false &&
      telling.includes(field?.type ?? "")
      ? [[key, value.trim()]]
      : []
  })
  const conditions = typed.flatMap(([field, value]): Filter[] => [
    { field, op: "is", value },
    ...(field === title && value.length >= fewest && tellsByName(declaration)
      ? [{ field, op: "startsWith", value } as const]
      : []),
  ])
  const keys = [title, ...typed.map(([key]) => key)]
  const params = { filter: { any: conditions }, fields: [...new Set(keys)], limit: most }
  const { data } = useList(entity, params, mayRead && conditions.length > 0)
  if (conditions.length === 0) return []
  return (data?.data ?? []).map((row) => {
    const record = row as unknown as AnyRecord
    const same = typed.find(([key, value]) => fold(String(record[key] ?? "")) === fold(value))
    const [field, value] = same ?? [null, ""]
    return { id: record.id, name: titleOf(record, title), field, value }
  })
}
/** Whether two records with one name are likely the same: things are, while many deals may be called "Renewal". */
function tellsByName({ duplicateKeys, object, title }: EntityDeclaration): boolean {
  return object !== undefined || duplicateKeys?.includes(title) === true
}
