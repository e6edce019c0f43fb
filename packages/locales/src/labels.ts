import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import type { Operator } from "@regulars/contract/kernel/filter.ts"
import { isObjectName } from "@regulars/contract/kernel/own-objects.ts"
import type { Translate } from "./runtime.ts"

/** An entity by its name, or as a workspace knows it: fields of its own bring their words along. */
export type Named = string | Pick<EntityDeclaration, "name" | "fields" | "object">
/** Own objects share the words for what all of them have. */
function nameOf(entity: Named): string {
  const name = typeof entity === "string" ? entity : entity.name
  return isObjectName(name) ? "object" : name
}
const fieldOf = (entity: Named, key: string): Field | undefined =>
  typeof entity === "string" || !Object.hasOwn(entity.fields, key) ? undefined : entity.fields[key]

/** Label of a field of an entity, system fields included; the key itself for a field nobody named. */
export function fieldLabel(t: Translate, entity: Named, key: string): string {
  const own = fieldOf(entity, key)?.label
  return own ?? t.find(`field.${nameOf(entity)}.${key}`) ?? t.find(`field.system.${key}`) ?? key
}
/** Label of one part of the entries of a list field. */
export function itemLabel(t: Translate, entity: string, list: string, part: string): string {
  return t.find(`item.${entity}.${list}.${part}`) ?? part
}
/** Label of a choice; `path` is the field's key, or `list.part` for a choice inside a list. */
export function choiceLabel(t: Translate, entity: Named, path: string, value: string): string {
  const field = fieldOf(entity, path)
  const own = field && "choiceLabels" in field ? field.choiceLabels?.[value] : undefined
  return own ?? t.find(`choice.${nameOf(entity)}.${path}.${value}`) ?? value
}
export function groupLabel(t: Translate, group: string): string {
  return t.find(`group.${group}`) ?? group
}
export function entityLabel(t: Translate, entity: Named, form: "one" | "other" | "new" = "other"): string {
  const object = typeof entity === "string" ? undefined : entity.object
  if (object && form !== "new") return form === "one" ? object.one : object.many
  const name = typeof entity === "string" ? entity : entity.name
  return t.find(`entity.${nameOf(entity)}.${form}`, { one: object?.one ?? name }) ?? name
}
/** "3 people"; of own objects "3 entries". */
export function countLabel(t: Translate, entity: Named, count: number): string {
  return t.find(`entity.${nameOf(entity)}.count`, { count }) ?? String(count)
}

/** Families of types that share the words of their operators. */
const families = {
  text: "text",
  longText: "text",
  richText: "text",
  email: "text",
  phone: "text",
  url: "text",
  domain: "text",
  zone: "choice",
  integer: "number",
  number: "number",
  percent: "number",
  rating: "number",
  money: "number",
  time: "number",
  date: "time",
  dateTime: "time",
  boolean: "boolean",
  choice: "choice",
  choices: "set",
  language: "choice",
  country: "choice",
  link: "choice",
  links: "set",
  tags: "set",
  map: "map",
  list: "list",
  monthDay: "yearly",
  file: "file",
  files: "file",
} as const satisfies Record<Field["type"], string>

/** Words of an operator as they stand in a sentence: "Name *contains* …". */
export function operatorLabel(t: Translate, type: Field["type"], operator: Operator): string {
  return t.find(`op.${families[type]}.${operator}`) ?? operator
}
