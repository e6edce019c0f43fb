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
  const attempts = attemptsOf(ctx, job)
  await ctx.tx.rows(sql`
    select enqueue(${job}, ${JSON.stringify(payload)}::text::jsonb, ${options.key ?? null}, ${options.runAt?.toISOString() ?? null}::timestamptz,
      ${attempts}::integer)`)
}
/** Adds many jobs of one kind, each with a key of its own, in one statement. */
export async function enqueueAll(
  ctx: Context,
  job: string,
  items: readonly { key: string; payload: Values }[],
  runAt: Date,
): Promise<void> {
  if (items.length === 0) return
  await ctx.tx.rows(sql`
    select enqueue_all(${job}, ${JSON.stringify(items)}::text::jsonb, ${runAt.toISOString()}::timestamptz, ${attemptsOf(ctx, job)}::integer)`)
}
/**
 * Takes jobs that are due, and whose keys begin so, out of the queue: the caller does them together, in its own
 * transaction. Returns their payloads.
 */
export async function takeJobs(
  ctx: Context,
  job: string,
  { keyPrefix, most }: { keyPrefix: string; most: number },
): Promise<Values[]> {
  const rows = await ctx.tx.rows<{ payload: Values }>(sql`
    select take_jobs(${job}, ${keyPrefix}, ${ctx.now().toISOString()}::timestamptz, ${most}::integer) as payload`)
  return rows.map(({ payload }) => payload)
}
function attemptsOf(ctx: Context, job: string): number {
  const handler = ctx.registry.jobs.get(job)
  if (!handler) throw new Error(`The job "${job}" has no handler`)
  return handler.attempts ?? defaultAttempts
}
