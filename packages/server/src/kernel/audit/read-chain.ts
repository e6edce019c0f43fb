import { type Query, sql } from "../db/sql.ts"
import { type Block, type Head, hashBytes } from "./chain.ts"

/** An event of a block as the database holds it now; salt and facts are null once something of it was erased. */
export interface SealedEvent {
  id: string
  leaf: Buffer
  salt: Buffer | null
  facts: string | null
}
export interface ReadBlock extends Block {
  hash: Buffer
  events: readonly SealedEvent[]
}
/** Where the chain is read: a transaction of the workspace. */
interface Source {
  workspaceId: string
  rows<T>(query: Query<T>): Promise<T[]>
}
/** Blocks read at a time. */
const step = 100

/** The chain of a workspace from its first block on, with the events as they stand; in constant memory. */
export async function* readChain(source: Source): AsyncGenerator<ReadBlock> {
  let after = 0
  for (;;) {
    const rows = await source.rows<Block & { hash: Buffer }>(sql`
      select workspace_id as "workspaceId", seq, to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "sealedAt",
        event_ids::text[] as "eventIds", leaves, previous, hash
      from audit_blocks where workspace_id = ${source.workspaceId} and seq > ${after} order by seq limit ${step}`)
    if (rows.length === 0) return
    const found = await eventsOf(
      source,
      rows.flatMap(({ eventIds }) => eventIds),
    )
    for (const row of rows) {
      const events = row.eventIds.map((id, index): SealedEvent => {
        const leaf = row.leaves.subarray(index * hashBytes, (index + 1) * hashBytes)
        return { salt: null, facts: null, ...found.get(id), id, leaf }
      })
      yield { ...row, seq: Number(row.seq), events }
      after = Number(row.seq)
    }
  }
}

async function eventsOf(
  source: Source,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Pick<SealedEvent, "salt" | "facts">>> {
  const rows = await source.rows<{ id: string; salt: Buffer; facts: string }>(sql`
    select e.id, e.salt, event_facts(e) as facts from events e
    where e.workspace_id = ${source.workspaceId} and e.id = any (${ids}::uuid[]) and e.salt is not null`)
  return new Map(rows.map(({ id, salt, facts }) => [id, { salt, facts }]))
}

/** The newest block of a workspace; null before anything happened. */
export async function headOf(source: Source): Promise<Head | null> {
  const [last] = await source.rows<{ seq: number; hash: Buffer }>(sql`
    select seq, hash from audit_blocks where workspace_id = ${source.workspaceId} order by seq desc limit 1`)
  return last ? { seq: Number(last.seq), hash: last.hash.toString("hex") } : null
}
