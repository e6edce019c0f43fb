import { activities, notes } from "./domains/activities.ts"
import { companies, locations, people, sources } from "./domains/people.ts"
import { tasks } from "./domains/tasks.ts"
import type { EntityDeclaration, RecordOf } from "./kernel/entity.ts"

/** The catalogue of entities: what stands here gets API, list, form, filter, import, export and history. */
export const entities = { people, companies, sources, locations, notes, activities, tasks }
export type EntityName = keyof typeof entities
export type Row<N extends EntityName> = RecordOf<(typeof entities)[N]>
export type Person = Row<"people">
export type Company = Row<"companies">

export function isEntityName(name: string): name is EntityName {
  return Object.hasOwn(entities, name)
}
/** Widened view for generic code, which must not depend on one entity's fields. */
export const entityList: readonly EntityDeclaration[] = Object.values(entities)
export function entityNamed(name: string): EntityDeclaration | undefined {
  return isEntityName(name) ? entities[name] : undefined
}
export function entityOfSubject(singular: string): EntityDeclaration | undefined {
  return entityList.find((entity) => entity.singular === singular)
}
