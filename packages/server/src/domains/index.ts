import type { Handlers } from "../kernel/http/handlers.ts"
import type { DomainParts } from "../kernel/registry.ts"
import { activitiesDomain } from "./activities/index.ts"
import { filesDomain, filesHandlers } from "./files/index.ts"
import { notificationsHandlers } from "./notifications/index.ts"
import { peopleDomain } from "./people/index.ts"
import { tasksDomain } from "./tasks/index.ts"
import { workspaceHandlers } from "./workspace/index.ts"

/** The one list of domains: what stands here is part of the product. */
export const domains: readonly DomainParts[] = [filesDomain, peopleDomain, activitiesDomain, tasksDomain]
/** Handlers of the domains' own endpoints; those of every entity come from the kernel. */
export const domainHandlers: readonly Handlers[] = [workspaceHandlers, filesHandlers, notificationsHandlers]
