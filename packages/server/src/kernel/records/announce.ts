import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../context.ts"
import type { StoredRecord } from "./columns.ts"

/** More changed at once than this is told as "much changed", not one by one. */
const mostSingly = 20

/**
 * Tells those who look at the workspace, once the change is committed. `mayLeave`: it bears on who reaches the records.
 */
export function announce(
  ctx: Context,
  entity: EntityDeclaration,
  records: readonly StoredRecord[],
  { mayLeave = false } = {},
): void {
  const told = records.length > mostSingly ? [{ id: null, version: null }] : records
  ctx.tx.afterCommit(() => {
    for (const { id, version } of told)
      ctx.services.live.publish(ctx.workspaceId, {
        type: "changed",
        entity: entity.name,
        id,
        version,
        ...(mayLeave && { mayLeave }),
      })
  })
}
