import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { isEmptyValue } from "../../ui/fields/is-empty.ts"

export interface FieldGroup {
  group: string
  /** Keys of fields that are always in sight: filled ones, and those the entity shows as columns. */
  shown: string[]
  /** Keys of empty fields, folded away until someone wants them. */
  folded: string[]
}

/** Fields of an entity in the order declared, by their heading; fields to leave out do not appear at all. */
export function layOutFields(
  entity: EntityDeclaration,
  record: Readonly<Record<string, unknown>>,
  leaveOut: readonly string[] = [],
): FieldGroup[] {
  const groups = new Map<string, FieldGroup>()
  for (const [key, field] of Object.entries(entity.fields)) {
    if (leaveOut.includes(key) || field.hidden) continue
    const name = field.group ?? "basics"
    const group = groups.get(name) ?? { group: name, shown: [], folded: [] }
    groups.set(name, group)
    const empty = isEmptyValue(record[key])
    if (!empty || ((field.column || field.required) && !field.readOnly)) group.shown.push(key)
    else if (!field.readOnly) group.folded.push(key)
  }
  return [...groups.values()].filter(({ shown, folded }) => shown.length + folded.length > 0)
}
