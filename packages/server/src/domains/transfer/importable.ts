import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Registry } from "../../kernel/context.ts"
import { invalid } from "../../kernel/errors.ts"

/** Entities whose declaration says that they can be imported, in the order of the catalogue. */
export function importableEntities({ entities }: Registry): readonly EntityDeclaration[] {
  return entities.filter(({ transfer }) => transfer === true)
}
/** Throws `validation_failed` for what can't be imported. */
export function importableEntity(registry: Registry, name: string): EntityDeclaration {
  const entity = registry.entity(name)
  if (!entity?.transfer)
    throw invalid(
      "entity",
      "invalid_value",
      `must be one of ${importableEntities(registry)
        .map((one) => one.name)
        .join(", ")}`,
    )
  return entity
}
