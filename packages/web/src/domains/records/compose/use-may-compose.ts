import type { EntityName } from "@regulars/contract/entities.ts"
import { aboutTargets } from "../../../lib/declarations.ts"
import { useSession } from "../../../lib/session.tsx"
import type { Composed } from "./use-compose.ts"

/** Whether the member may write notes, tasks or activities about records of an entity, and there are such. */
export function useMayCompose(entity: EntityName): (what: Composed) => boolean {
  const { permissions } = useSession()
  return (what) => permissions.includes(`${what}:create`) && aboutTargets(what).includes(entity)
}
