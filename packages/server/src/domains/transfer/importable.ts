import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../../kernel/context.ts"
import { AppError, invalid } from "../../kernel/errors.ts"

type Importer = Pick<Context, "registry" | "permissions">

/** Whether the caller may see, make and change records of an entity: an import does all three. */
function mayBring({ permissions }: Importer, { name }: EntityDeclaration): boolean {
  return ["read", "create", "update"].every((action) => permissions.has(`${name}:${action}`))
}
/**
 * Entities the caller can import, in the order of the catalogue: those whose declaration says so, as far as their
 * role reaches.
 */
export function importableEntities(importer: Importer): readonly EntityDeclaration[] {
  return importer.registry.entities.filter((entity) => entity.transfer === true && mayBring(importer, entity))
}
/** Throws `forbidden` for whom no entity is left. */
export function requireImportable(importer: Importer): void {
  if (importableEntities(importer).length === 0) throw beyondRole()
}
function beyondRole(): AppError {
  return new AppError("forbidden", {
    detail: "Your role does not allow this. Ask an administrator of the workspace.",
  })
}
/** Throws `validation_failed` for what can't be imported, `forbidden` for what the caller's role does not reach. */
export function importableEntity(importer: Importer, name: string): EntityDeclaration {
  const entity = importer.registry.entity(name)
  if (entity?.transfer && !mayBring(importer, entity)) throw beyondRole()
  if (!entity?.transfer)
    throw invalid(
      "entity",
      "invalid_value",
      `must be one of ${importableEntities(importer)
        .map((one) => one.name)
        .join(", ")}`,
    )
  return entity
}
