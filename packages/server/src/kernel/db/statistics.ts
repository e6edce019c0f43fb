import type { Log } from "../context.ts"
import type { Pools } from "./pools.ts"

/**
 * Looks at tables that have grown by a fifth since the database last did, or that it never did, so that its plans
 * fit them. PostgreSQL does that by itself, but forgets in a crash what it wanted to look at. Returns their names.
 */
export async function analyzeGrown({ owner }: Pick<Pools, "owner">): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      and pg_relation_size(c.oid) > 4 * current_setting('block_size')::bigint
      and (c.reltuples < 0 or pg_relation_size(c.oid) > 1.2 * c.relpages * current_setting('block_size')::bigint)
    order by c.oid`)
  const names = rows.map(({ name }) => name)
  if (names.length > 0) await owner.query(`analyze ${names.join(", ")}`)
  return names
}

/** As `analyzeGrown`, beside everything else: who is served meanwhile need not know. */
export function analyzeSoon(pools: Pick<Pools, "owner">, log: Log): void {
  analyzeGrown(pools).catch((error: Error) =>
    log.warn(`The database could not look at its tables: ${error.message}`),
  )
}
