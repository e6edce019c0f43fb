import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"

/** Fields by which an entity's records link to those of another: a link, or a list that is looked up by one. */
export function linkingKeys({ fields }: EntityDeclaration, target: string): string[] {
  return Object.entries(fields).flatMap(([key, field]) =>
    field.filter !== false && !field.hidden && linksTo(field, target) ? [key] : [],
  )
}
function linksTo(field: Field, target: string): boolean {
  if (field.type === "link") return field.target === target
  const part = field.type === "list" && field.lookUp ? field.item[field.key] : undefined
  return part?.type === "link" && part.target === target
}

const short = ["choice", "money", "date", "dateTime"]
/** Columns of an entity that say in a word how a record stands, one of each kind: stage, amount, day. */
export function tellingKeys({ fields, title }: EntityDeclaration): string[] {
  const columns = Object.keys(fields).filter(
    (key) => fields[key]?.column && !fields[key].hidden && key !== title,
  )
  return short.flatMap((type) => columns.find((key) => fields[key]?.type === type) ?? [])
}
