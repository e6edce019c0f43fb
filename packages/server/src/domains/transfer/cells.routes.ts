import type { CellChange } from "@regulars/contract/kernel/cells-endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Handlers, WorkspaceHandler } from "../../kernel/http/handlers.ts"
import { changeCells } from "./cells.service.ts"

/** Cells of a table, for every declared entity. */
export function cellHandlers(declared: EntityDeclaration): Handlers {
  const change: WorkspaceHandler = async (ctx, { body }) => {
    const entity = ctx.registry.entity(declared.name) ?? declared
    const { changes } = body as { changes: CellChange[] }
    return { data: await changeCells(ctx, entity, changes) }
  }
  return { workspace: { [`POST /${declared.name}/cells`]: change }, open: {} }
}
