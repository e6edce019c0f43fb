import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import { AppError } from "../errors.ts"

export interface Refusal<T> {
  item: T
  error: AppError
}
export interface Apart<T, R> {
  results: R[]
  refused: Refusal<T>[]
}

/**
 * Writes items together and, where that is refused, in ever smaller parts, so that what is refused keeps no other from
 * being written. Other failures are thrown as they come.
 */
export function writeApart<T, R>(
  ctx: Context,
  items: readonly T[],
  write: (items: readonly T[]) => Promise<R[]>,
): Promise<Apart<T, R>> {
  return tryApart(items, (some) => takeBackRefused(ctx, () => write(some)))
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

/** The same for work that writes nothing. */
export async function tryApart<T, R>(
  items: readonly T[],
  attempt: (items: readonly T[]) => Promise<R[]>,
): Promise<Apart<T, R>> {
  if (items.length === 0) return { results: [], refused: [] }
  try {
    return { results: await attempt(items), refused: [] }
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (items.length === 1) return { results: [], refused: [{ item: items[0] as T, error }] }
  }
  const middle = Math.ceil(items.length / 2)
  const first = await tryApart(items.slice(0, middle), attempt)
  const second = await tryApart(items.slice(middle), attempt)
  return {
    results: [...first.results, ...second.results],
    refused: [...first.refused, ...second.refused],
  }
}
function isRefusal(error: unknown): error is AppError {
  return error instanceof AppError && error.status < 500
}
