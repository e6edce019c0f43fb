import { isDeepStrictEqual } from "node:util"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field, ItemField, List } from "@regulars/contract/kernel/fields.ts"
import type { Registry } from "../context.ts"
import type { Values } from "./columns.ts"

/** What stands in the place of an id that records of an entity (by its plural name) are linked by; null takes the link away. */
export type Replacement = (target: string, id: string) => string | null

/** The fields whose links change, with their new values. Entries and links that come to say the same become one. */
export function replaceReferences(
  registry: Pick<Registry, "entityOfSubject">,
  entity: EntityDeclaration,
  values: Values,
  replacement: Replacement,
): Values {
  const changed: Values = {}
  for (const [key, field] of Object.entries(entity.fields)) {
    const value = values[key]
    if (value === null || value === undefined) continue
    const next = replaceInField(registry, field, value, replacement)
    if (!isDeepStrictEqual(next, value)) changed[key] = next
  }
  return changed
}

function replaceInField(
  registry: Pick<Registry, "entityOfSubject">,
  field: Field,
  value: unknown,
  replacement: Replacement,
): unknown {
  if (field.type === "link") return replacement(field.target, String(value))
  if (field.type === "links") {
    const links = (value as { type: string; id: string }[]).flatMap(({ type, id }) => {
      const target = registry.entityOfSubject(type)?.name
      const to = target === undefined ? id : replacement(target, id)
      return to === null ? [] : [{ type, id: to }]
    })
    return distinct(links, (link) => link)
  }
  if (field.type !== "list") return value
  const parts = linkParts(field)
  if (parts.length === 0) return value
  const items = value as Values[]
  const touched = new Set<Values>()
  const replaced = items.flatMap((item) => {
    const next = { ...item }
    for (const [key, target] of parts) {
      if (typeof item[key] !== "string") continue
      const to = replacement(target, item[key])
      if (to === null) return []
      if (to !== item[key]) touched.add(next)
      next[key] = to
    }
    return [next]
  })
  // Entries that were alike before stay two: somebody may mean it.
  const settled = replaced.filter((item) => !touched.has(item))
  return replaced.filter((item, index) => {
    if (!touched.has(item)) return true
    const earlier = replaced.slice(0, index).filter((other) => touched.has(other))
    return ![...settled, ...earlier].some((other) => isSameEntry(item, other))
  })
}

/** Parts of a list's entries that link to records, with what they link to. */
export function linkParts(field: List): [key: string, target: string][] {
  return Object.entries(field.item).flatMap(([key, part]: [string, ItemField]) =>
    part.type === "link" ? [[key, part.target] as [string, string]] : [],
  )
}
/** Whether two entries of a list say the same, whatever their ids. */
export function isSameEntry(one: Values, other: Values): boolean {
  return isDeepStrictEqual({ ...one, id: "" }, { ...other, id: "" })
}
function distinct<T>(values: readonly T[], identity: (value: T) => unknown): T[] {
  return values.filter(
    (value, index) =>
      values.findIndex((other) => isDeepStrictEqual(identity(other), identity(value))) === index,
  )
}
