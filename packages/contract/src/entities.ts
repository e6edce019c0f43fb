import { activities, notes } from "./domains/activities.ts"
import { products } from "./domains/catalog.ts"
import { deals } from "./domains/deals.ts"
import { orders } from "./domains/orders.ts"
import { companies, locations, people, sources } from "./domains/people.ts"
import { tasks } from "./domains/tasks.ts"
import type { EntityDeclaration, RecordOf } from "./kernel/entity.ts"
import { isObjectName, type ObjectName, type objectFields } from "./kernel/own-objects.ts"

/** The catalogue of entities: what stands here gets API, list, form, filter, import, export and history. */
export const entities = {
  people,
  companies,
  sources,
  locations,
  notes,
  activities,
  tasks,
  deals,
  products,
  orders,
}
type Declarations = typeof entities & { [name in ObjectName]: typeof objectFields }
/** Of the product's, or of an object a workspace declared itself. */
export type EntityName = keyof Declarations
export type Row<N extends EntityName> = RecordOf<Declarations[N]>
export type Person = Row<"people">
export type Company = Row<"companies">

export function isEntityName(name: string): name is EntityName {
  return Object.hasOwn(entities, name) || isObjectName(name)
}
/** Widened view for generic code, which must not depend on one entity's fields. */
export const entityList: readonly EntityDeclaration[] = Object.values(entities)
