import { runDueSchedules } from "../src/kernel/jobs/scheduler.ts"
import type { TestApp } from "./app.ts"

/** Takes every job out of the queue, as if it had never been there. */
export async function loseJobs({ services }: TestApp): Promise<void> {
  await services.pools.owner.query(
    "select graphile_worker.complete_jobs(array_agg(id)) from graphile_worker.jobs",
  )
}
/** Leaves every job as its last attempt does, whether that failed or ended with its process. */
export async function giveUpJobs({ services }: TestApp): Promise<void> {
  await services.pools.owner.query(
    "select graphile_worker.permanently_fail_jobs(array_agg(id), 'tried for hours') from graphile_worker.jobs",
  )
}
/** Lets everything that is due by the clock have its next turn. */
export async function nextTurn({ clock, services }: TestApp): Promise<void> {
  clock.advance(5 * 60_000)
  await runDueSchedules(services)
}
