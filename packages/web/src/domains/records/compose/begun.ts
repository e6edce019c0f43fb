import type { EntityName } from "@regulars/contract/entities.ts"
import { isWritable } from "@regulars/contract/kernel/entity.ts"
import { declarationOf } from "../../../lib/records.ts"
import { isEmptyValue } from "../../../ui/fields/is-empty.ts"

/** Values by field that a form of a new record begins with. */
export type Begin = Readonly<Record<string, unknown>>

/**
 * What stands in a form before anyone has typed: values it has inputs for, under their names, and all others below
 * `own`, where they get inputs beside. Left out is what the member can't write.
 */
export function begun<T extends object>(
  entity: EntityName,
  empty: T,
  begin: Begin = {},
): T & { own?: Record<string, unknown> } {
  const { fields } = declarationOf(entity)
  const given = Object.entries(begin).filter(([key, value]) => {
    const field = fields[key]
    return field && field.type !== "list" && isWritable(field) && !isEmptyValue(value)
  })
  if (given.length === 0) return empty
  const [typed, own] = [true, false].map((isInput) =>
    Object.fromEntries(given.filter(([key]) => Object.hasOwn(empty, key) === isInput)),
  )
  return { ...empty, ...typed, own: { ...(empty as { own?: object }).own, ...own } }
}
/** What is typed into a form that began with something is kept apart from what is typed into the empty one. */
export function draftName(name: string, begin: Begin | undefined): string {
  return begin ? `${name} ${JSON.stringify(begin)}` : name
}
