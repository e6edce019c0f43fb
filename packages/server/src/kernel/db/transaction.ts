import { createHash } from "node:crypto"
import type { Socket } from "node:net"
import type pg from "pg"
import { AppError } from "../errors.ts"
import { isDatabaseAway } from "./away.ts"
import { gateFor } from "./gate.ts"
import { compile, type Query } from "./sql.ts"

/** The role a transaction acts as: `regulars_app` sees one workspace, `regulars_auth` only the sign-in schema. */
export type DatabaseRole = "regulars_app" | "regulars_auth"

/**
 * A transaction of one workspace. It begins with its first query: begin, role and workspace travel to the
 * database in the same round trip as that query.
 */
export interface Tx {
  readonly workspaceId: string
  /** Nothing else is written in the workspace until it ends. */
  readonly alone: boolean
  rows<T>(query: Query<T>): Promise<T[]>
  /** The first row, or undefined. */
  row<T>(query: Query<T>): Promise<T | undefined>
  /**
   * Sent without waiting for its answer, in the order of the calls. When it fails, so does everything after it in
   * the transaction, the commit at the latest, with its error. Throws at once where nothing can be written: after
   * the end, and in a request that only reads, which has no commit to tell of a failure.
   */
  write(query: Query<unknown>): void
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
  /** Milliseconds it may wait for whoever it serves before the database ends it; 0, for ever, when absent. */
  idleTimeout?: number
  /** Everything read is of one moment, and nothing is written. */
  snapshot?: boolean
  /** Begins when no other transaction that may write is open in the workspace, and keeps them waiting. */
  alone?: boolean
  /** Changes no records, and may stay open for long. */
  ungated?: boolean
  /** Of which version the caller knows the workspace's own fields; refused at the gate when it is another one. */
  fieldsVersion?: number
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

const beginPlain = { name: "begin", text: "begin", values: [] }
const beginSnapshot = {
  name: "begin snapshot",
  text: "begin isolation level repeatable read, read only",
  values: [],
}
const settings = {
  name: "settings",
  text: "select set_config('role', $1, true), set_config('app.workspace', $2, true), set_config('statement_timeout', $3, true), set_config('idle_in_transaction_session_timeout', $4, true), set_config('timezone', 'UTC', true)",
}

/** Runs `work` in one transaction; commits when it returns, rolls back when it throws. */
export async function transaction<T>(
  source: TransactionSource,
  options: Options,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const release = options.snapshot ? takeSnapshotPlace(source.pool) : undefined
  const open = openTransaction(source, options)
  try {
    const result = await work(open.tx)
    await open.commit()
    return result
  } catch (error) {
    await open.rollback()
    throw error
  } finally {
    release?.()
  }
}

const snapshots = new WeakMap<pg.Pool, number>()
/** A snapshot lasts as long as somebody downloads it: half of the connections are kept for everybody else. */
function takeSnapshotPlace(pool: pg.Pool): () => void {
  const count = snapshots.get(pool) ?? 0
  if (count >= pool.options.max / 2)
    throw new AppError("rate_limited", {
      detail: "Too many exports are under way. Try again when one of them has ended.",
      retryAfter: 30,
    })
  snapshots.set(pool, count + 1)
  return () => snapshots.set(pool, (snapshots.get(pool) ?? 1) - 1)
}

export interface OpenTransaction {
  tx: Tx
  commit(): Promise<void>
  rollback(): Promise<void>
}

/** As `transaction`, for callers that end it themselves (the HTTP layer, around a request). */
export function openTransaction(source: TransactionSource, options: Options): OpenTransaction {
  let session: Promise<Session> | undefined
  let hasEnded = false
  const hooks: (() => void)[] = []
  const run = (query: Query<unknown>): Promise<unknown[]> => {
    if (hasEnded) throw tooLate()
    const statement = compile(query)
    session ??= connect(source.pool).then((client) => begin(client, options, gateFor(options)))
    return session.then((begun) => send(source, begun, statement))
  }
  const finish = async (statement: "commit" | "rollback"): Promise<{ command: string; failed?: Error }> => {
    const isOpen = session !== undefined && !hasEnded
    // From now on, not from when the connection is back: what came between would run without role and workspace.
    hasEnded = true
    if (!isOpen) return { command: "COMMIT" }
    const begun = await (session as Promise<Session>)
    const command = await end(begun.client, begun.failed ? "rollback" : statement)
    return { command, ...(begun.failed && { failed: begun.failed }) }
  }
  return {
    tx: txOf(options, run, hooks),
    async commit() {
      const { command, failed } = await finish("commit").catch((error) => {
        throw uncertain(error)
      })
      // A failed statement turns COMMIT into ROLLBACK without an error, and one that could not even be sent does not
      // do that: neither must pass for success.
      if (command !== "COMMIT" || failed) throw failed ?? new Error("the transaction was rolled back")
      for (const hook of hooks) hook()
    },
    async rollback() {
      await finish("rollback").catch(() => undefined)
    },
  }
}

/**
 * For a request that only reads: statements sent in one turn of the event loop leave together with a beginning
 * and an end of their own. At this isolation level each of them sees its own moment anyway, so nothing is lost,
 * and the request neither waits for an end nor holds a connection between its statements.
 */
export function openReads(source: TransactionSource, options: Options): OpenTransaction {
  let batch: Promise<Session> | undefined
  let hasEnded = false
  const hooks: (() => void)[] = []
  const open = async (): Promise<Session> => {
    const client = await connect(source.pool)
    const session = begin(client, options)
    process.nextTick(() => {
      batch = undefined
      session.hasEnded = true
      // What went wrong, its statements have said.
      end(client, "commit").catch(() => undefined)
    })
    return session
  }
  const run = async (query: Query<unknown>): Promise<unknown[]> => {
    if (hasEnded) throw tooLate()
    batch ??= open().catch((error) => {
      batch = undefined
      throw error
    })
    return send(source, await batch, compile(query))
  }
  const tx = txOf(options, run, hooks)
  return {
    tx: {
      ...tx,
      write() {
        throw new Error("a request that only reads can't write")
      },
    },
    async commit() {
      hasEnded = true
      for (const hook of hooks) hook()
    },
    async rollback() {
      hasEnded = true
    },
  }
}

function txOf(
  { workspaceId, alone = false }: Options,
  run: (query: Query<unknown>) => Promise<unknown[]>,
  hooks: (() => void)[],
): Tx {
  return {
    workspaceId,
    alone,
    rows: async (query) => (await run(query)) as never,
    row: async (query) => (await run(query))[0] as never,
    write: (query) => void run(query).catch(() => undefined),
    afterCommit: (hook) => void hooks.push(hook),
  }
}

interface Session {
  client: pg.PoolClient
  /** What went wrong first: why it could not begin, or which statement ended it. */
  failed?: Error
  /** Its connection is given back, or about to be. */
  hasEnded?: true
}
/** Begins on a connection without waiting: the answers come before those of the query that follows. */
function begin(client: pg.PoolClient, options: Options, more: pg.QueryConfig[] = []): Session {
  const session: Session = { client }
  sendTogether(client)
  const { role, workspaceId, statementTimeout = 15_000, idleTimeout = 0 } = options
  const values = [role, workspaceId, String(statementTimeout), String(idleTimeout)]
  for (const query of [options.snapshot ? beginSnapshot : beginPlain, { ...settings, values }, ...more])
    client.query(query).catch((error: Error) => {
      session.failed ??= error
    })
  return session
}
async function send(
  source: TransactionSource,
  session: Session,
  { text, values }: ReturnType<typeof compile>,
): Promise<unknown[]> {
  if (session.hasEnded) throw tooLate()
  source.onStatement?.(text, values)
  const name = nameOf(text)
  sendTogether(session.client)
  const result = await session.client
    .query({ ...(name && { name }), text, values: values as unknown[] })
    .catch((error: Error) => {
      // Whatever comes after the first failure says no more than that there was one.
      session.failed ??= error
    })
  if (!result || session.failed) throw session.failed
  return result.rows
}
/** Ends and gives the connection back; returns what the database says it did. */
async function end(client: pg.PoolClient, statement: "commit" | "rollback"): Promise<string> {
  try {
    const { command } = await client.query({ name: statement, text: statement, values: [] })
    client.release()
    return command
  } catch (error) {
    client.release(error as Error)
    throw error
  }
}

/** A branch of work that goes on alone after another one has failed must not write, or read, outside of it. */
function tooLate(): Error {
  return new Error("a statement came after the end of its transaction")
}
/** A connection lost while it commits does not say whether it has; an answer of the database does. */
function uncertain(error: Error): Error {
  const isAnswer = !isDatabaseAway(error) || (error as { code?: string }).code?.startsWith("53")
  if (isAnswer || error instanceof AppError) return error
  return new AppError("unavailable", {
    detail: `It is not known whether the change was saved (${error.message}): look before you repeat it.`,
    retryAfter: 2,
  })
}

const corked = new WeakSet<pg.PoolClient>()
/** What is sent in one turn of the event loop leaves in one write: each write costs a system call and a wake-up. */
function sendTogether(client: pg.PoolClient): void {
  if (corked.has(client)) return
  corked.add(client)
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  stream.cork()
  process.nextTick(() => {
    corked.delete(client)
    stream.uncork()
  })
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
