import { setTimeout as sleep } from "node:timers/promises"
import pg from "pg"
import type { Connection } from "../src/kernel/db/pools.ts"

/** What the database server wrote into its log about one database. */
export interface DatabaseLog {
  /** Errors since the last call, each with its SQLSTATE: `42601: syntax error at or near …`. */
  takeErrors(): Promise<string[]>
}

/** Opens the log before the connections it is about are made: their errors name their SQLSTATE, as no others do. */
export async function openDatabaseLog(connection: Connection & { database: string }): Promise<DatabaseLog> {
  const ask = async (...statements: [text: string, values?: unknown[]][]) => {
    const client = new pg.Client(connection)
    await client.connect()
    try {
      for (const [text, values] of statements.slice(0, -1)) await client.query(text, values).catch(() => {})
      return (await client.query(...(statements.at(-1) as [string]))).rows[0]
    } finally {
      await client.end()
    }
  }
  let marks = 0
  let { path, position } = await ask(
    [`alter database ${connection.database} set log_error_verbosity = 'verbose'`],
    ["select pg_current_logfile() as path, (pg_stat_file(pg_current_logfile())).size::int as position"],
  )
  return {
    async takeErrors() {
      // The log is written by a process of its own: once this error stands there, those before it do.
      const mark = `mark_${++marks}_${connection.database}`
      const read: [string, unknown[]] = ["select pg_read_file($1, $2, 200000000) as text", [path, position]]
      let { text } = await ask([`select ${mark}`], read)
      while (!text.includes(mark)) {
        await sleep(20)
        text = (await ask(read)).text
      }
      position += Buffer.byteLength(text)
      const errors: string[] = text.match(/(?<=ERROR: {2})[0-9A-Z]{5}: .*/g) ?? []
      return errors.filter((line) => !line.includes(mark))
    },
  }
}
