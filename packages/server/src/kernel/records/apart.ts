import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { AppError } from "../errors.ts"

export interface Refusal<T> {
  item: T
  error: AppError
}
export interface Apart<T, R> {
  results: readonly R[]
  refused: readonly Refusal<T>[]
}

/**
 * Writes items together, without those of which `write` itself says that they are refused. Where it throws a refusal,
 * they are written in ever smaller parts, so that what is refused keeps no other from being written. Other failures
 * are thrown as they come.
 */
export async function writeApart<T, R>(
  ctx: Context,
  items: readonly T[],
  write: (items: readonly T[]) => Promise<Apart<T, R>>,
): Promise<Apart<T, R>> {
  if (items.length === 0) return { results: [], refused: [] }
  let written: Apart<T, R> = { results: [], refused: [] }
  const error = await refusalOf(async () => {
    written = await takeBackRefused(ctx, () => write(items))
  })
  if (!error) return written
  if (items.length === 1) return { results: [], refused: [{ item: items[0] as T, error }] }
  const middle = Math.ceil(items.length / 2)
  const first = await writeApart(ctx, items.slice(0, middle), write)
  const second = await writeApart(ctx, items.slice(middle), write)
  return {
    results: [...first.results, ...second.results],
    refused: [...first.refused, ...second.refused],
  }
}
/** Does work that may be refused; what it has written by then is taken back, and the transaction goes on. */
export async function takeBackRefused<R>(ctx: Context, work: () => Promise<R>): Promise<R> {
  ctx.tx.write(sql`savepoint apart`)
  try {
    const result = await work()
    ctx.tx.write(sql`release savepoint apart`)
    return result
  } catch (error) {
    if (isRefusal(error)) {
      ctx.tx.write(sql`rollback to savepoint apart`)
      ctx.tx.write(sql`release savepoint apart`)
    }
    throw error
  }
}

/** Does work and returns what refused it; other failures are thrown as they come. */
export async function refusalOf(work: () => Promise<void>): Promise<AppError | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (isRefusal(error)) return error
    throw error
  }
}
function isRefusal(error: unknown): error is AppError {
  return error instanceof AppError && error.status < 500
}
