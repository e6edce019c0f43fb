import type { Choice } from "@regulars/contract/kernel/fields.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"

/** The pipeline a stage stands in. */
export function groupOf({ choiceGroups }: Choice, choice: string): string | undefined {
  return choiceGroups?.[choice]
}
/** The groups in which the choices of a field stand, as far as a list's filter lets them through; none for most fields. */
export function groupsOf(field: Choice, filter: Filter | undefined): string[] {
  const { choiceGroup } = field
  if (choiceGroup === undefined) return []
  const groups = [...new Set(field.choices.flatMap((choice) => groupOf(field, choice) ?? []))]
  const wanted = namedIn(filter, choiceGroup)
  const shown = groups.filter((group) => !wanted || wanted.includes(group))
  return shown.length > 0 ? shown : groups
}
/** The values a filter lets a field have, where it says so at its outset. */
function namedIn(filter: Filter | undefined, field: string): readonly string[] | undefined {
  if (!filter) return undefined
  if ("all" in filter) return filter.all.map((one) => namedIn(one, field)).find(Boolean)
  if (!("field" in filter) || filter.field !== field) return undefined
  if (filter.op === "is") return [String(filter.value)]
  return filter.op === "isAnyOf" && Array.isArray(filter.value) ? filter.value.map(String) : undefined
}
