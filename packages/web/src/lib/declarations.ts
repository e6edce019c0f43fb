import { type EntityName, entityList } from "@regulars/contract/entities.ts"
import { type ChoiceLists, withChoiceLists } from "@regulars/contract/kernel/choice-lists.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { type OwnField, withOwnFields } from "@regulars/contract/kernel/own-fields.ts"
import {
  entityOfObject,
  type ObjectType,
  objectPrefix,
  withObjects,
} from "@regulars/contract/kernel/own-objects.ts"
import { withinLimits } from "./limits.ts"

let declared: readonly EntityDeclaration[] = entityList
let byName = new Map(declared.map((entity) => [entity.name, entity]))

/** What is known of an entity, the workspace's own fields included, as far as the signed-in member may use it. */
export function declarationOf(entity: EntityName): EntityDeclaration {
  return withinLimits(wholeDeclarationOf(entity))
}
/** All of it, for those who decide what others may use. */
export function wholeDeclarationOf(entity: EntityName): EntityDeclaration {
  const known = byName.get(entity)
  if (known) return known
  // An own object that is gone, or not the member's to see: its page says so.
  const key = entity.slice(objectPrefix.length)
  const gone = entityOfObject({ id: "", key, one: key, many: key, icon: "box", position: 0 })
  byName.set(entity, gone)
  return gone
}
/** The product's entities and the workspace's own objects. */
export function allEntities(): readonly EntityDeclaration[] {
  return declared
}
export function entityNamed(name: string): EntityDeclaration | undefined {
  return declared.find((entity) => entity.name === name)
}
/** Whatever words can be found for: the entity, or the name of what is none here. */
export function namedEntity(name: string): EntityDeclaration | string {
  return entityNamed(name) ?? name
}
/** Whether an entity's records are about others, as notes are, and stand for nothing by themselves. */
export function isAboutOthers({ access }: EntityDeclaration): boolean {
  return access?.about !== undefined
}
/** Plural names of what records of an entity can be about. */
export function aboutTargets(entity: EntityName): readonly string[] {
  const { access, fields } = wholeDeclarationOf(entity)
  const about = fields[access?.about ?? ""]
  return about?.type === "links" ? about.targets : []
}
/** Whether an entity's records have a list and pages of their own. */
export function hasPages(name: string): boolean {
  return entityNamed(name)?.pages ?? false
}
export function entityOfSubject(singular: string): EntityDeclaration | undefined {
  return declared.find((entity) => entity.singular === singular)
}

interface Own {
  fields: readonly OwnField[]
  types: readonly ObjectType[]
  lists: ChoiceLists
  /** What amounts are in where a field does not say. */
  currency: string | undefined
}
/** Makes the workspace's own fields, objects and choices known; parts shown from now on have them. */
export function takeOwn({ fields, types, lists, currency }: Own): void {
  const own = Map.groupBy(fields, (field) => field.entity)
  declared = withObjects(entityList, types).map((entity) =>
    withCurrency(withOwnFields(withChoiceLists(entity, lists), own.get(entity.name) ?? []), currency),
  )
  byName = new Map(declared.map((entity) => [entity.name, entity]))
}
function withCurrency(entity: EntityDeclaration, currency: string | undefined): EntityDeclaration {
  const isOpen = (field: Field) => field.type === "money" && field.currency === undefined
  if (currency === undefined || !Object.values(entity.fields).some(isOpen)) return entity
  const fields = Object.entries(entity.fields).map(([key, field]): [string, Field] =>
    isOpen(field) ? [key, { ...field, currency } as Field] : [key, field],
  )
  return { ...entity, fields: Object.fromEntries(fields) }
}
