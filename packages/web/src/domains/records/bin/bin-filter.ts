import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"

/** Fields people remember a deleted record by, beside its title. */
const remembered = ["givenName", "familyName", "emails"]

/**
 * Filter of the bin for what was typed. Records in the bin have left the search index, so their names are compared
 * by how they begin.
 */
export function binFilter({ title, fields }: EntityDeclaration, typed: string): Filter | undefined {
  const value = typed.trim()
  if (value === "") return undefined
  const keys = [title, ...remembered.filter((key) => key in fields)]
  return { any: keys.map((field) => ({ field, op: "startsWith", value })) }
}
