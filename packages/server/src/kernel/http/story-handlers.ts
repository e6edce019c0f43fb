import type { EndpointKey } from "@regulars/contract/kernel/endpoint.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { usableEntity } from "../access/usable.ts"
import type { Context } from "../context.ts"
import { readTimeline, type TimelineQuery } from "../events/timeline.ts"
import { type HistoryQuery, readHistory } from "../records/history.ts"
import { atItsPlace } from "../records/merged.ts"
import type { WorkspaceHandler } from "./handlers.ts"

/** What happened with a record, and who changed what in it. */
export function storyHandlers(declared: EntityDeclaration): Record<EndpointKey, WorkspaceHandler> {
  const { name } = declared
  const own = (ctx: Context) => ctx.registry.entity(name) ?? declared
  const handlers: Record<string, WorkspaceHandler> = {
    [`GET /${name}/:id/history`]: (ctx, { params, query }) =>
      atItsPlace(ctx, declared, { id: params.id!, isRead: true }, (id) =>
        readHistory(ctx, usableEntity(ctx, own(ctx)), id, query as unknown as HistoryQuery),
      ),
    [`GET /${name}/:id/timeline`]: (ctx, { params, query }) =>
      atItsPlace(ctx, declared, { id: params.id!, isRead: true }, (id) =>
        readTimeline(ctx, own(ctx), id, query as unknown as TimelineQuery),
      ),
  }
  return handlers as Record<EndpointKey, WorkspaceHandler>
}
