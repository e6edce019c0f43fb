import { chooseLanguage } from "@regulars/locales/runtime.ts"
import { translatorFor } from "@regulars/locales/server.ts"
import type { Context, JobHandler, Schedule, Services } from "../context.ts"
import { expectedError } from "../http/problem.ts"
import { enqueue } from "./enqueue.ts"

const keyOf = (job: string, id: string) => `${job}:${id}`

/** Orders the next step of an undertaking, at once or later. One order waits for each: a second replaces the first. */
export async function orderStep(ctx: Context, job: string, id: string, runAt?: Date): Promise<void> {
  await enqueue(ctx, job, { id }, { key: keyOf(job, id), ...(runAt && { runAt }) })
}

/** Whether work that failed so may go through later: the database is away, others hold the records or the places. */
export function mayPass(error: unknown): boolean {
  const code = expectedError(error)?.code
  return code === "unavailable" || code === "rate_limited"
}
/** Why work can't go on, as a sentence for the person. */
export function sentenceOf(ctx: Context, error: unknown): string {
  return expectedError(error)?.info.detail ?? say(ctx, "operation.failed")
}
function say(ctx: Context, text: "operation.failed" | "operation.givenUp"): string {
  return translatorFor(chooseLanguage([ctx.language]))(text)
}

/**
 * Looks after what should be under way and has no job that would do it: where the job is lost the next step is
 * ordered again; where it has used up its attempts, perhaps with its process, the work ends with a sentence.
 */
export const lookAfterJob: JobHandler = {
  name: "undertakings.lookAfter",
  async handle(ctx) {
    for (const { name, undertaking } of ctx.registry.jobs.values()) {
      const ids = (await undertaking?.open(ctx)) ?? []
      const isLive = await jobsOf(
        ctx.services,
        ids.map((id) => keyOf(name, id)),
      )
      const stray = ids.filter((id) => !isLive.get(keyOf(name, id)))
      if (stray.length === 0) continue
      // What ended between the two questions has no job because it needs none.
      const stillOpen = new Set(await undertaking?.open(ctx))
      for (const id of stray.filter((id) => stillOpen.has(id))) {
        const live = isLive.get(keyOf(name, id))
        ctx.log.error(
          { job: name, id },
          live === undefined ? "a job was lost and is ordered again" : "a job was given up",
        )
        if (live === undefined) await orderStep(ctx, name, id)
        else await undertaking?.fail(ctx, id, say(ctx, "operation.givenUp"))
      }
    }
  },
}
export const lookAfterSchedule: Schedule = { job: lookAfterJob.name, everyMinutes: 5 }

/** For each key that has a job: whether that is at work or will be; not so once its attempts are used up. */
async function jobsOf({ pools }: Services, keys: readonly string[]): Promise<ReadonlyMap<string, boolean>> {
  if (keys.length === 0) return new Map()
  const { rows } = await pools.owner.query<{ key: string; live: boolean }>(
    `select key, locked_at is not null or attempts < max_attempts as live from graphile_worker.jobs
     where key = any ($1::text[])`,
    [keys],
  )
  return new Map(rows.map(({ key, live }) => [key, live]))
}
