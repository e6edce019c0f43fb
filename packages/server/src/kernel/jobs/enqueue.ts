import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import type { Values } from "../records/columns.ts"

export interface EnqueueOptions {
  /** Jobs with the same key replace each other while they wait. */
  key?: string
  runAt?: Date
}
const defaultAttempts = 10

/** Adds a job in the caller's transaction: it exists exactly if the transaction commits. */
export async function enqueue(
  ctx: Context,
  job: string,
  payload: Values,
  options: EnqueueOptions = {},
): Promise<void> {
  const handler = ctx.registry.jobs.get(job)
  if (!handler) throw new Error(`The job "${job}" has no handler`)
  await ctx.tx.rows(sql`
    select enqueue(${job}, ${JSON.stringify(payload)}::text::jsonb, ${options.key ?? null}, ${options.runAt?.toISOString() ?? null}::timestamptz,
      ${handler.attempts ?? defaultAttempts}::integer)`)
}
