import { EventEmitter } from "node:events"
import { Logger, type Runner, run, runMigrations, type WorkerEvents } from "graphile-worker"
import type { Services } from "../context.ts"
import { isDatabaseAway } from "../db/away.ts"
import { type Dispatcher, startDispatcher } from "./dispatcher.ts"
import { startLiveness } from "./liveness.ts"
import { type QueuedWork, runQueuedWork } from "./run.ts"
import { type Scheduler, startScheduler } from "./scheduler.ts"

/** Brings the job queue's own tables up to date; runs with our migrations. */
export async function migrateJobs(services: Pick<Services, "pools">): Promise<void> {
  await runMigrations({ pgPool: services.pools.owner, logger: new Logger(() => () => {}) })
}

export interface Worker {
  stop(): Promise<void>
}
/** Starts dispatcher, scheduler and job runner of this process. */
export async function startWorker(services: Services): Promise<Worker> {
  const logger = new Logger((scope) => (level, message, meta) => {
    const isWorthALine = level === "error" && (meta?.failure || !isDatabaseAway(meta?.error))
    if (isWorthALine) services.log.error({ scope: scope.label, err: meta?.error }, message)
    else services.log.debug(message)
  })
  const liveness = await startLiveness(services)
  const events: WorkerEvents = new EventEmitter()
  // A job says which pool of workers has taken it.
  events.on("pool:create", ({ workerPool }) => liveness.add(workerPool.id))
  const runner: Runner = await run({
    events,
    pgPool: services.pools.owner,
    concurrency: 3,
    pollInterval: 1000,
    noHandleSignals: true,
    logger,
    taskList: { regulars: async (payload) => runQueuedWork(services, payload as QueuedWork) },
  })
  // A promise nobody awaits must not end the process; the next start runs what is left.
  runner.promise.catch((error) => services.log.error({ err: error }, "the job runner stopped"))
  const dispatcher: Dispatcher = startDispatcher(services)
  const scheduler: Scheduler = startScheduler(services, liveness.freeJobs)
  return {
    async stop() {
      await Promise.all([dispatcher.stop(), scheduler.stop()])
      await runner.stop().catch(() => undefined)
      await liveness.stop()
    },
  }
}
