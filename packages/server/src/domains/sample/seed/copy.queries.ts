import { finished } from "node:stream/promises"
import type pg from "pg"
import { from } from "pg-copy-streams"
import type { Pools } from "../../../kernel/db/pools.ts"

/** Rows of one table in the text format of COPY. */
export interface CopyText {
  table: string
  columns: readonly string[]
  text: string
}
export interface CopySession {
  /** Writes rows of several tables in one transaction. */
  write(rows: readonly CopyText[]): Promise<void>
  end(): void
}

/** A connection of the owner for loading much at once; row-level security does not allow COPY to the app. */
export async function openCopySession(pools: Pools): Promise<CopySession> {
  const client: pg.PoolClient = await pools.owner.connect()
  return {
    async write(rows) {
      await client.query("begin")
      // What is lost in a power cut is a seed that has to be made again.
      await client.query("set local synchronous_commit = off")
      for (const { table, columns, text } of rows) {
        if (text === "") continue
        const stream = client.query(from(`copy ${table} (${columns.join(", ")}) from stdin`))
        stream.end(text)
        await finished(stream)
      }
      await client.query("commit")
    },
    end: () => client.release(true),
  }
}

/** Cleans up behind a large load and tells the planner what there is now. */
export async function vacuum(pools: Pools, tables: readonly string[]): Promise<void> {
  for (const table of tables) await pools.owner.query(`vacuum (analyze) ${table}`)
}
