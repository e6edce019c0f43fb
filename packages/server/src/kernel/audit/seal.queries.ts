import type { PoolClient } from "pg"
import { beginning, hashOfBlock } from "./chain.ts"

export interface Sealed {
  workspaceId: string
  id: string
  leaf: Buffer
}

/**
 * Seals events in a block of their workspace's chain, within the transaction that hands them over. Others wait
 * meanwhile, so that each block follows one other.
 */
export async function sealEvents(client: PoolClient, events: readonly Sealed[], now: Date): Promise<void> {
  if (events.length === 0) return
  const byWorkspace = Map.groupBy(events, ({ workspaceId }) => workspaceId)
  const workspaceIds = [...byWorkspace.keys()].sort()
  await client.query(
    `select pg_advisory_xact_lock(hashtextextended('audit ' || id, 0)) from unnest($1::text[]) as id order by id`,
    [workspaceIds],
  )
  const { rows: heads } = await client.query<{ workspaceId: string; seq: string; hash: Buffer }>(
    `select id as "workspaceId", last.seq, last.hash from unnest($1::uuid[]) as id, lateral (
       select seq, hash from audit_blocks where workspace_id = id order by seq desc limit 1) last`,
    [workspaceIds],
  )
  const headOf = new Map(heads.map((head) => [head.workspaceId, head]))
  const sealedAt = now.toISOString()
  const blocks = workspaceIds.map((workspaceId) => {
    const own = byWorkspace.get(workspaceId) ?? []
    const head = headOf.get(workspaceId)
    const block = {
      workspaceId,
      seq: Number(head?.seq ?? 0) + 1,
      sealedAt,
      eventIds: own.map(({ id }) => id),
      leaves: Buffer.concat(own.map(({ leaf }) => leaf)),
      previous: head?.hash ?? beginning,
    }
    return { ...block, hash: hashOfBlock(block) }
  })
  for (const { workspaceId, seq, eventIds, leaves, previous, hash } of blocks)
    await client.query({
      name: "seal",
      text: `insert into audit_blocks (workspace_id, seq, sealed_at, event_ids, leaves, previous, hash)
        values ($1, $2, $3, $4::uuid[], $5, $6, $7)`,
      values: [workspaceId, seq, sealedAt, eventIds, leaves, previous, hash],
    })
}
