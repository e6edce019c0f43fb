import { workspaceHandlers } from "./workspace/index.ts"
import type { Handlers } from "../kernel/http/handlers.ts"
import type { DomainParts } from "../kernel/registry.ts"

/** The one list of domains: what stands here is part of the product. */
export const domains: readonly DomainParts[] = []
/** Handlers of the domains' own endpoints; those of every entity come from the kernel. */
export const domainHandlers: readonly Handlers[] = [workspaceHandlers]
