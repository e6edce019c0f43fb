import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { AggregateRequest, GroupsRequest } from "@regulars/contract/kernel/groups-endpoints.ts"
import { usableEntity } from "../access/usable.ts"
import type { Context } from "../context.ts"
import { aggregate, groupRecords } from "../records/groups.ts"
import type { WorkspaceHandler } from "./handlers.ts"

/** What a list adds up to, as far as the caller sees it. */
export function groupHandlers(declared: EntityDeclaration): Record<string, WorkspaceHandler> {
  const { name } = declared
  const usable = (ctx: Context) => usableEntity(ctx, ctx.registry.entity(name) ?? declared)
  return {
    [`POST /${name}/aggregate`]: async (ctx, { body }) => ({
      data: await aggregate(ctx, usable(ctx), body as AggregateRequest),
    }),
    [`POST /${name}/groups`]: (ctx, { body }) => groupRecords(ctx, usable(ctx), body as GroupsRequest),
  }
}
