import type { Services } from "../context.ts"
import { isDatabaseAway } from "../db/away.ts"
import { runQueuedWork } from "./run.ts"

export interface Scheduler {
  stop(): Promise<void>
}
const tick = 15_000

/**
 * Runs due scheduled jobs for every workspace, after `first`. A turn is a slot of the clock; whoever takes a slot's row first
 * does it, so two workers never do the same turn, and a long downtime is followed by one turn, not by many.
 */
export function startScheduler(services: Services, first: () => Promise<void>): Scheduler {
  let stopped = false
  let running: Promise<void> = Promise.resolve()
  const turn = () => {
    if (stopped) return
    running = running
      .then(first)
      .then(() => runDueSchedules(services))
      .catch((error) => {
        if (!isDatabaseAway(error))
          services.log.warn({ err: error }, "scheduled work failed; trying again at the next turn")
      })
  }
  const timer = setInterval(turn, tick)
  timer.unref()
  turn()
  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}

export async function runDueSchedules(services: Services): Promise<void> {
  const { owner } = services.pools
  for (const { job, everyMinutes } of services.registry.schedules) {
    const slot = Math.floor(services.now().getTime() / (everyMinutes * 60_000))
    const { rows: workspaces } = await owner.query<{ id: string }>("select id from workspaces order by id")
    for (const { id } of workspaces) {
      const { rowCount } = await owner.query(
        `insert into schedule_turns (workspace_id, job, slot) values ($1, $2, $3)
         on conflict (workspace_id, job) do update set slot = excluded.slot where schedule_turns.slot < excluded.slot`,
        [id, job, slot],
      )
      if (rowCount === 1)
        await runQueuedWork(services, { job, workspaceId: id, payload: {} }).catch((error) =>
          services.log.error({ err: error, job }, "a scheduled job failed"),
        )
    }
  }
}
