import type { Context } from "../../kernel/context.ts"
import { transaction } from "../../kernel/db/transaction.ts"

/** Milliseconds one statement may take: a slice is joined with everything. */
const statementTimeout = 120_000

/**
 * Runs work in a transaction of its own that may stay open for long: it reads records and writes nothing but what is
 * derived from them, so nobody who changes records has to wait for it.
 */
export function apart<T>(ctx: Context, work: (own: Context) => Promise<T>): Promise<T> {
  const { services, workspaceId } = ctx
  return transaction(
    services.database,
    { role: "regulars_app", workspaceId, statementTimeout, ungated: true },
    (tx) => work({ ...ctx, tx }),
  )
}
