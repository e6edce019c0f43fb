import { endpointsOf } from "@regulars/contract/endpoints.ts"
import { entityList } from "@regulars/contract/entities.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { FastifyInstance } from "fastify"
import { domainHandlers, domains } from "./domains/index.ts"
import { endStreams } from "./domains/live/index.ts"
import { cellHandlers } from "./domains/transfer/index.ts"
import { createAuthenticator } from "./domains/workspace/index.ts"
import { readInstallation } from "./kernel/backup/backup.queries.ts"
import type { Config } from "./kernel/config.ts"
import type { ContentStore } from "./kernel/contents/content-store.ts"
import { openContents } from "./kernel/contents/open-contents.ts"
import type { DomainParts, Log, Registry, Services } from "./kernel/context.ts"
import type { Pools } from "./kernel/db/pools.ts"
import { entityHandlers } from "./kernel/http/entity-handlers.ts"
import type { Handlers } from "./kernel/http/handlers.ts"
import { objectHandlers } from "./kernel/http/object-handlers.ts"
import { createServer } from "./kernel/http/server.ts"
import { lookAfterJob, lookAfterSchedule } from "./kernel/jobs/undertakings.ts"
import { createLiveHub } from "./kernel/live.ts"
import { createMailer } from "./kernel/mail.ts"
import { bulkJob } from "./kernel/operations/bulk.ts"
import { forgetMergedJob, forgetMergedSchedule, unmergeJob } from "./kernel/operations/merge.ts"
import { operationHandlers } from "./kernel/operations/routes.ts"
import { undoJob } from "./kernel/operations/undo.ts"
import { emptyBinJob, emptyBinSchedule } from "./kernel/records/erase.ts"
import { kernelReferences } from "./kernel/records/reference-rules.ts"
import { createRegistry } from "./kernel/registry.ts"
import { registerSystemRoutes } from "./system-routes.ts"

const kernel: DomainParts = {
  jobs: [bulkJob, undoJob, unmergeJob, lookAfterJob, emptyBinJob, forgetMergedJob],
  schedules: [lookAfterSchedule, emptyBinSchedule, forgetMergedSchedule],
  references: kernelReferences,
}

/** What the product consists of. Throws when the declarations contradict each other. */
export function productRegistry(entities: readonly EntityDeclaration[] = entityList): Registry {
  return createRegistry(entities, [kernel, ...domains])
}

export interface ServiceParts {
  config: Config
  pools: Pools
  log: Log
  dataDir: string
  /** The store that is open already; without it the one of the settings. */
  contents?: ContentStore
  instanceId: string
  now?: () => Date
  registry?: Registry
}
/** Wires what one process has. Opens nothing by itself. */
export function createServices(parts: ServiceParts): Services {
  return {
    config: parts.config,
    pools: parts.pools,
    database: { pool: parts.pools.app },
    registry: parts.registry ?? productRegistry(),
    live: createLiveHub(),
    log: parts.log,
    now: parts.now ?? (() => new Date()),
    dataDir: parts.dataDir,
    contents: parts.contents ?? openContents(parts.config, parts.dataDir),
    instanceId: parts.instanceId,
    sendMail: unlessPaused(parts.pools, createMailer(parts.config)),
  }
}

/** A restored copy writes to nobody until its owner has said so: the original may be at work beside it. */
function unlessPaused(pools: Pools, send: Services["sendMail"]): Services["sendMail"] {
  return (
    send &&
    (async (mail) => {
      if ((await readInstallation(pools)).sendingPaused)
        throw new Error("Sending is paused in this restored copy. The owner resumes it in Settings, Backup.")
      await send(mail)
    })
  )
}

/** What every entity has, be it the product's or a workspace's own. */
function handlersFor(entity: EntityDeclaration): Handlers[] {
  return [entityHandlers(entity), cellHandlers(entity)]
}

/** The HTTP server of the product: API, documentation, health, web app. Not yet listening. */
export async function createApp(services: Services): Promise<FastifyInstance> {
  const server = await createServer({
    services,
    endpoints: endpointsOf(services.registry.entities),
    handlers: [
      ...services.registry.entities.flatMap(handlersFor),
      objectHandlers(handlersFor),
      operationHandlers,
      ...domainHandlers,
    ],
    authenticate: createAuthenticator(services),
  })
  // Streams never end by themselves, and a server waits for its answers to end.
  server.addHook("preClose", async () => endStreams(services))
  await registerSystemRoutes(server, services)
  return server
}
