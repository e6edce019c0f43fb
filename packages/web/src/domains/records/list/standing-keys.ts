import type { EntityName } from "@regulars/contract/entities.ts"
import { declarationOf } from "../../../lib/records.ts"
import { tellingKeys } from "../record-page/panels/linked-fields.ts"

/** What cards of a list say of how a record stands, where no chip does: status, day and total of an order. */
export function standingKeys(entity: EntityName): string[] {
  const declaration = declarationOf(entity)
  return declaration.object || "lifecycleStage" in declaration.fields ? [] : tellingKeys(declaration)
}
