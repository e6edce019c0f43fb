import { type Query, sql } from "../db/sql.ts"
import type { Block, Head } from "./chain.ts"

/**
 * A chain as it is read: each block, followed by those of its events that still say everything they said, then its end. So
 * no more than one event has to be in memory, however much it changed.
 */
export type ChainPart = ReadBlock | SealedEvent | ChainEnd

export interface ReadBlock extends Block {
  part: "block"
  hash: Buffer
}
/** An event as the database holds it now; one of which something was erased is not among the parts. */
export interface SealedEvent {
  part: "event"
  id: string
  salt: Buffer
  facts: string
}
/** What stands beside the chain at the moment it is read. */
export interface ChainEnd {
  part: "end"
  workspaceId: string
  /** Events whose records were erased by what is not sealed yet. */
  erased: string[]
  /** Events that were handed over and stand in no block: from before the first block, and from since. */
  outside: { before: number; since: number; first: string | null }
}

/** Where the chain is read: a transaction of the workspace. */
interface Source {
  workspaceId: string
  rows<T>(query: Query<T>): Promise<T[]>
}
/** Blocks read at a time. */
const step = 100
/** Stored bytes of events read at a time: some hundred that tell of a record each, or one of many. */
const stepBytes = 50_000

/**
 * The chain of a workspace from its first block on, with the events as they stand; in constant memory. To be read in a
 * snapshot: what is erased meanwhile would seem to be gone.
 */
export async function* readChain(source: Source): AsyncGenerator<ChainPart> {
  let after = 0
  for (;;) {
    const blocks = await source.rows<Omit<ReadBlock, "part">>(sql`
      select workspace_id as "workspaceId", seq, to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "sealedAt",
        event_ids::text[] as "eventIds", leaves, previous, hash
      from audit_blocks where workspace_id = ${source.workspaceId} and seq > ${after} order by seq limit ${step}`)
    if (blocks.length === 0) return yield await readEnd(source)
    const events = eventsOf(
      source,
      blocks.flatMap(({ eventIds }) => eventIds),
    )
    for (const block of blocks) {
      after = Number(block.seq)
      yield { part: "block", ...block, seq: after }
      for (const _ of block.eventIds) {
        const { value } = await events.next()
        if (value) yield value
      }
    }
  }
}

/** For each of the ids, in their order, the event, or undefined where it does not say any more what it said. */
async function* eventsOf(
  source: Source,
  ids: readonly string[],
): AsyncGenerator<SealedEvent | undefined, undefined> {
  const sizes = await source.rows<{ id: string; size: number }>(sql`
    select id, pg_column_size(data) as size from events
    where workspace_id = ${source.workspaceId} and id = any (${ids}::uuid[]) and salt is not null`)
  const sizeOf = new Map(sizes.map(({ id, size }) => [id, size]))
  let found = new Map<string, SealedEvent>()
  for (const [index, id] of ids.entries()) {
    if (!sizeOf.has(id)) {
      yield undefined
      continue
    }
    if (!found.has(id)) found = await readEvents(source, portionFrom(ids.slice(index), sizeOf))
    yield found.get(id)
  }
}
function portionFrom(ids: readonly string[], sizeOf: ReadonlyMap<string, number>): string[] {
  let bytes = 0
  const end = ids.findIndex((id, index) => {
    bytes += sizeOf.get(id) ?? 0
    return index > 0 && bytes > stepBytes
  })
  return ids.slice(0, end < 0 ? ids.length : end)
}
async function readEvents(source: Source, ids: readonly string[]): Promise<Map<string, SealedEvent>> {
  const rows = await source.rows<Omit<SealedEvent, "part">>(sql`
    select e.id, e.salt, event_facts(e) as facts from events e
    where e.workspace_id = ${source.workspaceId} and e.id = any (${ids}::uuid[]) and e.salt is not null`)
  return new Map(rows.map((row) => [row.id, { part: "event", ...row }]))
}

async function readEnd({ workspaceId, rows }: Source): Promise<ChainEnd> {
  const erasures = await rows<{ events: string[] | null }>(sql`
    select data -> 'events' as events from events where workspace_id = ${workspaceId} and pending and type = 'records.erased'`)
  const [outside] = await rows<ChainEnd["outside"]>(sql`
    with first as (select min(sealed_at) as at from audit_blocks where workspace_id = ${workspaceId}),
    sealed as (select unnest(event_ids) as id from audit_blocks where workspace_id = ${workspaceId}),
    outside as (
      select e.id, coalesce(e.recorded_at >= (select at from first), false) as later from events e
      where e.workspace_id = ${workspaceId} and not e.pending and not exists (select from sealed where sealed.id = e.id)
    )
    select count(*) filter (where not later) as before, count(*) filter (where later) as since,
      (array_agg(id order by id) filter (where later))[1] as first from outside`)
  return {
    part: "end",
    workspaceId,
    erased: erasures.flatMap(({ events }) => events ?? []),
    outside: outside ?? { before: 0, since: 0, first: null },
  }
}

/** The newest block of a workspace; null before anything happened. */
export async function headOf(source: Source): Promise<Head | null> {
  const [last] = await source.rows<{ seq: number; hash: Buffer }>(sql`
    select seq, hash from audit_blocks where workspace_id = ${source.workspaceId} order by seq desc limit 1`)
  return last ? { seq: Number(last.seq), hash: last.hash.toString("hex") } : null
}
