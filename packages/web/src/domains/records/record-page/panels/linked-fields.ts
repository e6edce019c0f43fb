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
const most = 3
/** Columns of an entity that say in a word how a record stands: stage, amount, day. */
export function tellingKeys({ fields, title }: EntityDeclaration): string[] {
  return Object.entries(fields)
    .flatMap(([key, field]) =>
      field.column && key !== title && short.includes(field.type) && !field.hidden ? [key] : [],
    )
    .slice(0, most)
}
