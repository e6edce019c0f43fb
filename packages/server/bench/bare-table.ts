import type pg from "pg"
import type { Pools } from "../src/kernel/db/pools.ts"

/** Makes an empty table like `people` with its indexes and nothing else, `people_bare`, for some work; `list` names its columns. */
export async function withBareTable<T>(
  { owner }: Pools,
  work: (client: pg.PoolClient, list: string) => Promise<T>,
): Promise<T> {
  const client = await owner.connect()
  try {
    const { rows } = await client.query<{ list: string }>(
      `select string_agg(quote_ident(attname), ', ') as list from pg_attribute
       where attrelid = 'people'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    )
    await client.query("create table people_bare (like people including all)")
    return await work(client, rows[0]?.list as string)
  } finally {
    await client.query("drop table if exists people_bare")
    client.release()
  }
}

/** Seconds that a statement takes on as many people as a workspace has, in such a table. */
export async function bareSeconds(pools: Pools, workspaceId: string, statement: string): Promise<number> {
  return withBareTable(pools, async (client, list) => {
    await client.query(
      `insert into people_bare (${list}) select ${list} from people where workspace_id = $1 and deleted_at is null`,
      [workspaceId],
    )
    await client.query("vacuum analyze people_bare")
    const begun = performance.now()
    await client.query(statement)
    return (performance.now() - begun) / 1000
  })
}
