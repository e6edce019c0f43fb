import { createHash } from "node:crypto"
import type pg from "pg"
import { AppError } from "../errors.ts"
import { compile, type Query } from "./sql.ts"

/** The role a transaction acts as: `regulars_app` sees one workspace, `regulars_auth` only the sign-in schema. */
export type DatabaseRole = "regulars_app" | "regulars_auth"

/**
 * A transaction of one workspace. It begins with its first query: begin, role and workspace travel to the
 * database in the same round trip as that query.
 */
export interface Tx {
  readonly workspaceId: string
  rows<T>(query: Query<T>): Promise<T[]>
  /** The first row, or undefined. */
  row<T>(query: Query<T>): Promise<T | undefined>
  /** Runs after the commit has been acknowledged; errors are the hook's own business. */
  afterCommit(hook: () => void): void
}
export interface TransactionSource {
  pool: pg.Pool
  /** Called for each statement; tests count and check them. */
  onStatement?: ((text: string, values: readonly unknown[]) => void) | undefined
}
interface Options {
  role: DatabaseRole
  workspaceId: string
  statementTimeout?: number
  /** Everything read is of one moment, and nothing is written. */
  snapshot?: boolean
}

const statementNames = new Map<string, string>()
/** A prepared statement's name; texts beyond the first thousand stay unnamed so that no connection collects them for ever. */
function nameOf(text: string): string | undefined {
  let name = statementNames.get(text)
  if (name === undefined && statementNames.size < 1000) {
    name = createHash("sha1").update(text).digest("base64url")
    statementNames.set(text, name)
  }
  return name
}

const begin = { name: "begin", text: "begin", values: [] }
const beginSnapshot = {
  name: "begin snapshot",
  text: "begin isolation level repeatable read, read only",
  values: [],
}
const settings = {
  name: "settings",
  text: "select set_config('role', $1, true), set_config('app.workspace', $2, true), set_config('statement_timeout', $3, true), set_config('timezone', 'UTC', true)",
}

/** Runs `work` in one transaction; commits when it returns, rolls back when it throws. */
export async function transaction<T>(
  source: TransactionSource,
  options: Options,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const open = openTransaction(source, options)
  try {
    const result = await work(open.tx)
    await open.commit()
    return result
  } catch (error) {
    await open.rollback()
    throw error
  }
}

export interface OpenTransaction {
  tx: Tx
  commit(): Promise<void>
  rollback(): Promise<void>
}

/** As `transaction`, for callers that end it themselves (the HTTP layer, around a request). */
export function openTransaction(source: TransactionSource, options: Options): OpenTransaction {
  let connecting: Promise<pg.PoolClient> | undefined
  let failed: Error | undefined
  const hooks: (() => void)[] = []

  const start = async (): Promise<pg.PoolClient> => {
    const client = await connect(source.pool)
    const values = [options.role, options.workspaceId, String(options.statementTimeout ?? 15_000)]
    // Not awaited: they are answered before the query that follows them on the same connection.
    for (const query of [options.snapshot ? beginSnapshot : begin, { ...settings, values }])
      client.query(query).catch((error: Error) => {
        failed ??= error
      })
    return client
  }
  const run = async (query: Query<unknown>): Promise<unknown[]> => {
    connecting ??= start()
    const client = await connecting
    const { text, values } = compile(query)
    source.onStatement?.(text, values)
    const name = nameOf(text)
    const result = await client
      .query({ ...(name && { name }), text, values: values as unknown[] })
      .catch((error: Error) => {
        throw failed ?? error
      })
    if (failed) throw failed
    return result.rows
  }
  const finish = async (statement: "commit" | "rollback"): Promise<string> => {
    if (!connecting) return "COMMIT"
    const client = await connecting
    connecting = undefined
    try {
      const result = await client.query({ name: statement, text: statement, values: [] })
      client.release()
      return result.command
    } catch (error) {
      client.release(error as Error)
      throw error
    }
  }
  return {
    tx: {
      workspaceId: options.workspaceId,
      rows: run as Tx["rows"],
      row: async (query) => (await run(query))[0] as never,
      afterCommit: (hook) => hooks.push(hook),
    },
    async commit() {
      // A failed statement turns COMMIT into ROLLBACK without an error: that must not pass for success.
      if ((await finish("commit")) !== "COMMIT") throw failed ?? new Error("the transaction was rolled back")
      for (const hook of hooks) hook()
    },
    async rollback() {
      await finish("rollback").catch(() => undefined)
    },
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw new AppError("unavailable", {
      detail: `The database does not answer (${(error as Error).message}). Nothing was changed; try again in a moment.`,
      retryAfter: 2,
    })
  }
}
