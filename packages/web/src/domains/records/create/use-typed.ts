import type { EntityName } from "@regulars/contract/entities.ts"
import { useDraft } from "../../../lib/drafts.ts"
import { type Begin, begun, draftName } from "../compose/begun.ts"

/** What is typed into the form of a new record: `[typed, set, clear]`, kept until it is saved. */
export function useTyped<T extends object>(entity: EntityName, empty: T, begin: Begin | undefined) {
  return useDraft(draftName(`create.${entity}`, begin), begun(entity, empty, begin))
}
