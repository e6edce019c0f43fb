import type { Reason } from "@regulars/contract/domains/duplicates.endpoints.ts"
import type { MatchedEntity, PairState } from "@regulars/contract/domains/duplicates.ts"
import { restriction } from "../../kernel/access/policy.ts"
import type { Context } from "../../kernel/context.ts"
import { type Sql, sql } from "../../kernel/db/sql.ts"
import { newId } from "../../kernel/ids.ts"
import { recordset } from "../../kernel/records/columns.ts"

export interface FoundPair {
  oneId: string
  otherId: string
  probability: number
  reasons: Reason[]
}

/** Adds pairs, or brings those known to what was found now; what people said of them stays. */
export function savePairs(ctx: Context, entity: MatchedEntity, pairs: readonly FoundPair[]): void {
  if (pairs.length === 0) return
  const now = ctx.now().toISOString()
  const rows = pairs.map(({ oneId, otherId, probability, reasons }) => ({
    id: newId(ctx.now().getTime()),
    one_id: oneId,
    other_id: otherId,
    probability,
    reasons,
  }))
  const types = { id: "uuid", one_id: "uuid", other_id: "uuid", probability: "float8", reasons: "jsonb" }
  ctx.tx.write(sql`
    insert into duplicate_pairs (workspace_id, id, entity, one_id, other_id, probability, reasons, found_at, seen_at)
    select ${ctx.workspaceId}::uuid, id, ${entity}, one_id, other_id, probability, reasons, ${now}, ${now} from ${recordset("input", rows, types)}
    on conflict (workspace_id, one_id, other_id)
    do update set probability = excluded.probability, reasons = excluded.reasons, seen_at = excluded.seen_at`)
}
/** Forgets undecided pairs that a comparison since `since` has not found again; all, or those of some records. */
export function dropUnseenPairs(
  ctx: Context,
  entity: MatchedEntity,
  since: string,
  ids?: readonly string[],
): void {
  const of = ids ? sql`and (one_id = any (${ids}::uuid[]) or other_id = any (${ids}::uuid[]))` : sql``
  ctx.tx.write(sql`
    delete from duplicate_pairs
    where workspace_id = ${ctx.workspaceId} and entity = ${entity} and state <> 'notSame' and seen_at < ${since}::timestamptz ${of}`)
}

/**
 * Both records of a pair are there and the caller's to see; what lies in the bin, was merged or erased is nobody's twin.
 */
export function bothAlive(ctx: Context, entity: MatchedEntity): Sql {
  const declared = ctx.registry.entity(entity)
  const reach = declared && restriction(ctx, declared, "see", "r")
  const seen = reach ? sql`and ${reach}` : sql``
  const alive = (column: string) => sql`exists (
    select from ${sql.table(entity)} r where r.workspace_id = ${ctx.workspaceId} and r.id = ${sql.ref(column)} and r.deleted_at is null ${seen})`
  return sql`${alive("p.one_id")} and ${alive("p.other_id")}`
}

export interface PairRow {
  id: string
  entity: MatchedEntity
  oneId: string
  otherId: string
  probability: number
  reasons: Reason[]
  state: PairState
  decidedBy: string | null
  decidedAt: string | null
  foundAt: string
}
const columns = sql`p.id, p.entity, p.one_id as "oneId", p.other_id as "otherId", p.probability, p.reasons, p.state,
  p.decided_by as "decidedBy", p.decided_at as "decidedAt", p.found_at as "foundAt"`

/** Pairs in one state, the surest first. */
export async function listPairs(
  ctx: Context,
  wanted: {
    entity: MatchedEntity
    state: PairState
    limit: number
    after?: { probability: number; id: string } | undefined
  },
): Promise<PairRow[]> {
  const { entity, state, limit, after } = wanted
  const further = after
    ? sql`and (p.probability, p.id) < (${after.probability}::float8, ${after.id}::uuid)`
    : sql``
  return ctx.tx.rows<PairRow>(sql`
    select ${columns} from duplicate_pairs p
    where p.workspace_id = ${ctx.workspaceId} and p.entity = ${entity} and p.state = ${state} ${further} and ${bothAlive(ctx, entity)}
    order by p.probability desc, p.id desc limit ${limit}`)
}
/** How many pairs are in each of these states, counted up to `most`. */
export async function countPairs(
  ctx: Context,
  entity: MatchedEntity,
  states: readonly PairState[],
  most: number,
): Promise<{ state: PairState; count: number }[]> {
  return ctx.tx.rows<{ state: PairState; count: number }>(sql`
    select s.state, (select count(*)::int from (
      select from duplicate_pairs p
      where p.workspace_id = ${ctx.workspaceId} and p.entity = ${entity} and p.state = s.state and ${bothAlive(ctx, entity)} limit ${most}) c) as count
    from unnest(${states}::text[]) s (state)`)
}
export async function lockPair(ctx: Context, id: string): Promise<PairRow | undefined> {
  return ctx.tx.row<PairRow>(
    sql`select ${columns} from duplicate_pairs p where p.workspace_id = ${ctx.workspaceId} and p.id = ${id} for update`,
  )
}
export function decidePair(ctx: Context, id: string, state: PairState): void {
  const isOpen = state === "open"
  ctx.tx.write(sql`
    update duplicate_pairs set state = ${state}, decided_by = ${isOpen ? null : ctx.actor.memberId}::uuid,
      decided_at = ${isOpen ? null : ctx.now().toISOString()}::timestamptz
    where workspace_id = ${ctx.workspaceId} and id = ${id}`)
}

/** The scan under way, if any. */
export async function openScan(ctx: Context): Promise<string | undefined> {
  const row = await ctx.tx.row<{ id: string }>(sql`
    select id from operations where workspace_id = ${ctx.workspaceId} and kind = 'scan' and status in ('queued', 'running')
    order by created_at desc limit 1`)
  return row?.id
}
/** Whether much is being written: what is compared meanwhile would be compared again after it. */
export async function isMuchWritten(ctx: Context): Promise<boolean> {
  const row = await ctx.tx.row(sql`
    select true as found from operations where workspace_id = ${ctx.workspaceId} and kind in ('import', 'bulk', 'undo', 'sample')
      and status in ('queued', 'running') limit 1`)
  return row !== undefined
}
/** The scan that was started last. */
export async function lastScan(ctx: Context): Promise<string | undefined> {
  const row = await ctx.tx.row<{ id: string }>(sql`
    select id from operations where workspace_id = ${ctx.workspaceId} and kind = 'scan' order by created_at desc, id desc limit 1`)
  return row?.id
}
/** Whoever starts a scan waits for others who do. */
export async function lockScans(ctx: Context): Promise<void> {
  await ctx.tx.rows(
    sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.workspaceId}/duplicates.scan`}, 0))`,
  )
}

/**
 * Ids of records that share something telling with what is typed, or have nearly its name: through the look-up
 * values and the names of the search index, so that it costs the same in a small and in a large workspace.
 */
export async function likelyIds(
  ctx: Context,
  entity: MatchedEntity,
  typed: { same: readonly { field: string; value: string }[]; name: string },
  limit: number,
): Promise<string[]> {
  const fields = typed.same.map(({ field }) => field)
  const values = typed.same.map(({ value }) => value)
  const [same, near] = await Promise.all([
    fields.length === 0
      ? []
      : ctx.tx.rows<{ id: string }>(sql`
          select v.record_id as id from unnest(${fields}::text[], ${values}::text[]) t (field, value)
          cross join lateral (
            select v.record_id from record_values v
            where v.workspace_id = ${ctx.workspaceId} and v.entity = ${entity} and v.field = t.field and v.value = t.value limit ${limit}) v`),
    typed.name === ""
      ? []
      : ctx.tx.rows<{ id: string }>(
          sql`select record_id as id from search_nearest(${typed.name}, ${[entity]}::text[], ${limit})`,
        ),
  ])
  return [...new Set([...same, ...near].map(({ id }) => id))]
}
