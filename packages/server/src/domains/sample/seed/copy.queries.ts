import { finished } from "node:stream/promises"
import type pg from "pg"
import { from } from "pg-copy-streams"
import { type Sealed, sealEvents } from "../../../kernel/audit/seal.queries.ts"
import type { Pools } from "../../../kernel/db/pools.ts"

/** Rows of one table in the text format of COPY. */
export interface CopyText {
  table: string
  columns: readonly string[]
  text: string
  /** Events among them, to be sealed in the audit chain: nobody else does. */
  events?: { workspaceId: string; ids: readonly string[] }
}
export interface CopySession {
  /** Writes rows of several tables in one transaction. */
  write(rows: readonly CopyText[]): Promise<void>
  end(): void
}

/** A connection of the owner for loading much at once; row-level security does not allow COPY to the app. */
export async function openCopySession(pools: Pools, now: () => Date): Promise<CopySession> {
  const client: pg.PoolClient = await pools.owner.connect()
  return {
    async write(rows) {
      await client.query("begin")
      // What is lost in a power cut is a seed that has to be made again.
      await client.query("set local synchronous_commit = off")
      for (const { table, columns, text, events } of rows) {
        if (text === "") continue
        const stream = client.query(from(`copy ${table} (${columns.join(", ")}) from stdin`))
        stream.end(text)
        await finished(stream)
        if (events) await sealEvents(client, await leavesOf(client, events), now())
      }
      await client.query("commit")
    },
    end: () => client.release(true),
  }
}

async function leavesOf(
  client: pg.PoolClient,
  { workspaceId, ids }: NonNullable<CopyText["events"]>,
): Promise<Sealed[]> {
  const { rows } = await client.query<Sealed>(
    `select workspace_id as "workspaceId", id, event_leaf(e) as leaf from events e where workspace_id = $1 and id = any ($2::uuid[])`,
    [workspaceId, ids],
  )
  return rows
}

/** Cleans up behind a large load and tells the planner what there is now. */
export async function vacuum(pools: Pools, tables: readonly string[]): Promise<void> {
  for (const table of tables) await pools.owner.query(`vacuum (analyze) ${table}`)
}
