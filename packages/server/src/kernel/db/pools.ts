import pg from "pg"

/** Where a database is and who connects: a URL, or the embedded server's socket. */
export interface Connection {
  connectionString?: string
  host?: string
  port?: number
  user?: string
  password?: string
  database?: string
}
export interface Pools {
  /** Requests: row-level security, statement time limit. Used only through `transaction.ts`. */
  app: pg.Pool
  /** Migrations, backup, restore, dispatcher and job queue: the tables' owner. */
  owner: pg.Pool
  connection: Connection
  direct: Connection
  close(): Promise<void>
}
export interface PoolOptions {
  connection: Connection
  /** Connection that bypasses a pooler, for LISTEN, migrations and jobs. */
  direct?: Connection
  appConnections?: number
  /** Called once per outage, with the error of the first connection that died of it. */
  onLost?: (error: Error) => void
  /** Called when a connection succeeds again. */
  onBack?: () => void
}

const { builtins } = pg.types
/** `2026-11-22 02:11:28.123456+00` → `2026-11-22T02:11:28.123Z`, in microseconds cut to milliseconds. */
function toIsoInstant(text: string): string {
  if (!text.endsWith("+00")) return new Date(text).toISOString()
  const time = text.slice(11, -3)
  const milliseconds = time.length > 8 ? time.slice(9, 12).padEnd(3, "0") : "000"
  return `${text.slice(0, 10)}T${time.slice(0, 8)}.${milliseconds}Z`
}
const parsers: Record<number, (text: string) => unknown> = {
  [builtins.DATE]: (text) => text,
  [builtins.TIME]: (text) => text.slice(0, 5),
  [builtins.TIMESTAMPTZ]: toIsoInstant,
  [builtins.INT8]: Number,
}
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    const own = parsers[oid]
    return own && format !== "binary" ? own : pg.types.getTypeParser(oid, format as "text")
  },
}

/** Opens the pools. Nothing else in the product opens a connection. */
export function openPools(options: PoolOptions): Pools {
  const direct = options.direct ?? options.connection
  let isLost = false
  // An idle connection that dies (server restart) must not end the process; the pool opens another.
  const lost = (error: Error) => {
    // One that waited too long within a transaction: its request is told, the database is there.
    if ((error as { code?: string }).code === "25P03") return
    if (!isLost) options.onLost?.(error)
    isLost = true
  }
  const back = () => {
    if (isLost) options.onBack?.()
    isLost = false
  }
  const open = (connection: Connection, max: number, name: string): pg.Pool => {
    const pool = new pg.Pool({
      ...connection,
      max,
      application_name: `regulars ${name}`,
      types: typeParsers,
      pipeline: name === "app",
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
    } as pg.PoolConfig)
    pool.on("error", lost)
    pool.on("connect", (client) => {
      client.on("error", lost)
      back()
    })
    return pool
  }
  const app = open(options.connection, options.appConnections ?? 16, "app")
  const owner = open(direct, 6, "owner")
  return {
    app,
    owner,
    connection: options.connection,
    direct,
    async close() {
      await Promise.all([app.end(), owner.end()])
    },
  }
}
