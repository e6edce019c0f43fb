import type { Context } from "../context.ts"

/** What a filter's meaning depends on, beside the filter. */
export type FilterContext = Pick<
  Context,
  "workspaceId" | "workspaceZone" | "now" | "registry" | "permissions" | "access" | "actor"
>
