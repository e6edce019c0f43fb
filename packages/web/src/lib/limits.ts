import type { Session } from "@regulars/contract/domains/workspace.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"

let limits: Session["limits"] = {}
let usable = new WeakMap<EntityDeclaration, EntityDeclaration>()

/** Takes over what the signed-in member's role hides or lets them only read. */
export function takeLimits(given: Session["limits"]): void {
  if (given === limits) return
  limits = given
  usable = new WeakMap()
}
/** An entity as the signed-in member may use it, as the server says it too: lists, forms and filters are fed by it. */
export function withinLimits(entity: EntityDeclaration): EntityDeclaration {
  const own = limits[entity.name]
  if (!own) return entity
  const known = usable.get(entity)
  if (known) return known
  const fields: Record<string, Field> = {}
  for (const [key, field] of Object.entries(entity.fields))
    if (own[key] !== "hidden") fields[key] = own[key] === "read" ? { ...field, readOnly: true } : field
  const limited = { ...entity, fields }
  usable.set(entity, limited)
  return limited
}
