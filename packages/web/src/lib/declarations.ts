import { type EntityName, entities } from "@regulars/contract/entities.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { type OwnField, withOwnFields } from "@regulars/contract/kernel/own-fields.ts"
import { withinLimits } from "./limits.ts"

type Declarations = Record<EntityName, EntityDeclaration>
let declarations: Declarations = entities

/** What is known of an entity, the workspace's own fields included, as far as the signed-in member may use it. */
export function declarationOf(entity: EntityName): EntityDeclaration {
  return withinLimits(declarations[entity])
}
/** All of it, for those who decide what others may use. */
export function wholeDeclarationOf(entity: EntityName): EntityDeclaration {
  return declarations[entity]
}

/** Makes the workspace's own fields known; parts shown from now on have them. */
export function takeOwnFields(fields: readonly OwnField[]): void {
  const byEntity = Map.groupBy(fields, (field) => field.entity)
  declarations = Object.fromEntries(
    Object.entries(entities).map(([name, entity]) => [name, withOwnFields(entity, byEntity.get(name) ?? [])]),
  ) as Declarations
}
