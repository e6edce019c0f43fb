import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { endShare, type NewShare, readAccess, shareRecord } from "../access/shares.ts"
import type { Context } from "../context.ts"
import { atItsPlace } from "../records/merged.ts"
import type { WorkspaceHandler } from "./handlers.ts"

/** Who sees a record, and sharing it. */
export function accessHandlers(declared: EntityDeclaration): Record<string, WorkspaceHandler> {
  const { name } = declared
  const known = (ctx: Context) => ctx.registry.entity(name) ?? declared
  return {
    [`GET /${name}/:id/access`]: (ctx, { params }) =>
      atItsPlace(ctx, declared, { id: params.id!, isRead: true }, async (id) => ({
        data: await readAccess(ctx, known(ctx), id),
      })),
    [`POST /${name}/:id/shares`]: async (ctx, { params, body }) => ({
      data: await shareRecord(ctx, known(ctx), params.id!, body as NewShare),
    }),
    [`DELETE /${name}/:id/shares/:shareId`]: (ctx, { params }) =>
      endShare(ctx, known(ctx), params.id!, params.shareId!),
  }
}
