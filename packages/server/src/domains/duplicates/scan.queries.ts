import type { MatchedEntity } from "@regulars/contract/domains/duplicates.ts"
import type { MatchParameters } from "@regulars/insight/matching/model.ts"
import type { Context } from "../../kernel/context.ts"
import { type Sql, sql } from "../../kernel/db/sql.ts"
import { recordset } from "../../kernel/records/columns.ts"
import type { Subject } from "./subjects.ts"

/** The next living records, in the order of their ids. */
export async function livingIds(
  ctx: Context,
  entity: MatchedEntity,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const further = after === null ? sql`` : sql`and id > ${after}::uuid`
  const rows = await ctx.tx.rows<{ id: string }>(sql`
    select id from ${sql.table(entity)} where workspace_id = ${ctx.workspaceId} and deleted_at is null ${further}
    order by id limit ${limit}`)
  return rows.map(({ id }) => id)
}
/** Which of these live and have no keys, or keys of another version; in the order of ids. */
export async function outdatedAmong(
  ctx: Context,
  entity: MatchedEntity,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await ctx.tx.rows<{ id: string }>(sql`
    select r.id from ${sql.table(entity)} r
    left join match_records m on m.workspace_id = r.workspace_id and m.record_id = r.id
    where r.workspace_id = ${ctx.workspaceId} and r.id = any (${ids}::uuid[]) and r.deleted_at is null
      and m.version is distinct from r.version
    order by r.id`)
  return rows.map(({ id }) => id)
}
export interface RecordKeys {
  id: string
  version: number
  keys: readonly string[]
}
export function saveKeys(ctx: Context, entity: MatchedEntity, records: readonly RecordKeys[]): void {
  if (records.length === 0) return
  const rows = records.map(({ id, version, keys }) => ({ id, version, keys: `{${keys.join()}}` }))
  ctx.tx.write(sql`
    insert into match_records (workspace_id, record_id, entity, version, keys)
    select ${ctx.workspaceId}::uuid, id, ${entity}, version, keys::bigint[]
    from ${recordset("input", rows, { id: "uuid", version: "int4", keys: "text" })}
    on conflict (workspace_id, record_id) do update set version = excluded.version, keys = excluded.keys`)
}
/** Takes away the keys of records that are no longer there, and pairs of those that are gone for good. */
export function dropGone(ctx: Context, entity: MatchedEntity): void {
  ctx.tx.write(sql`
    delete from match_records m where m.workspace_id = ${ctx.workspaceId} and m.entity = ${entity}
      and not exists (select from ${sql.table(entity)} r where r.workspace_id = m.workspace_id and r.id = m.record_id and r.deleted_at is null)`)
  for (const column of ["one_id", "other_id"])
    ctx.tx.write(sql`
      delete from duplicate_pairs p where p.workspace_id = ${ctx.workspaceId} and p.entity = ${entity}
        and not exists (select from ${sql.table(entity)} r where r.workspace_id = p.workspace_id and r.id = ${sql.ref(`p.${column}`)})
        and not exists (select from merged_records r where r.workspace_id = p.workspace_id and r.id = ${sql.ref(`p.${column}`)} and r.record is not null)`)
}
export async function countRecords(ctx: Context, entity: MatchedEntity): Promise<number> {
  const row = await ctx.tx.row<{ count: number }>(sql`
    select count(*)::int as count from ${sql.table(entity)} where workspace_id = ${ctx.workspaceId} and deleted_at is null`)
  return row?.count ?? 0
}
/** The next records that have keys, in the order of their ids. */
export async function nextIds(
  ctx: Context,
  entity: MatchedEntity,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const further = after === null ? sql`` : sql`and record_id > ${after}::uuid`
  const rows = await ctx.tx.rows<{ id: string }>(sql`
    select record_id as id from match_records where workspace_id = ${ctx.workspaceId} and entity = ${entity} ${further}
    order by record_id limit ${limit}`)
  return rows.map(({ id }) => id)
}
/** Records drawn at random; the same for the same records. */
export async function sampleIds(ctx: Context, entity: MatchedEntity, limit: number): Promise<string[]> {
  const rows = await ctx.tx.rows<{ id: string }>(sql`
    select record_id as id from match_records where workspace_id = ${ctx.workspaceId} and entity = ${entity}
    order by md5(record_id::text) limit ${limit}`)
  return rows.map(({ id }) => id)
}

/**
 * Which records share a key with those of `ids`, as a set: place in `ids` (from 1), id of the other, place of the
 * rule. `higher`: only others with a higher id, so that slices of everything meet each pair once.
 */
function sharedKeys(ctx: Context, subject: Subject, ids: readonly string[], others: "higher" | "any"): Sql {
  const compared = others === "higher" ? sql`o.record_id > s.id` : sql`o.record_id <> s.id`
  return sql`
    with keys as materialized (
      select m.record_id, k.key from match_records m cross join unnest(m.keys) k (key)
      where m.workspace_id = ${ctx.workspaceId} and m.entity = ${subject.entity}
    ), blocks as (
      select key from keys group by key
      having count(*) > 1 and count(*) <= (${subject.blockLimits}::int[])[(key & 31)::int + 1]
    ), shared as (
      select s.at::int as at, o.record_id as id, (k.key & 31)::int as rule
      from unnest(${ids}::uuid[]) with ordinality s (id, at)
      join keys k on k.record_id = s.id join blocks b on b.key = k.key
      join keys o on o.key = k.key and ${compared}
    )`
}
/** These joins are of everything with everything; without statistics the planner takes the tables for empty. */
function prepareJoins(ctx: Context): void {
  ctx.tx.write(sql`select set_config('enable_nestloop', 'off', true), set_config('work_mem', '32MB', true)`)
}

export interface Candidates {
  /** A record. */
  id: string
  /** Places in the slice, from 1, of those it shares a key with. */
  ones: number[]
}
/** Candidates for the records of a slice, by the other record and in the order of ids, in pages. */
export async function* candidatesOf(
  ctx: Context,
  subject: Subject,
  ids: readonly string[],
  others: "higher" | "any",
): AsyncGenerator<Candidates[]> {
  prepareJoins(ctx)
  await ctx.tx.rows(sql`
    declare candidates no scroll cursor for ${sharedKeys(ctx, subject, ids, others)}
    select id, json_agg(distinct at) as ones from shared group by id order by id`)
  for (;;) {
    const rows = await ctx.tx.rows<Candidates>(sql`fetch 1000 from candidates`)
    if (rows.length === 0) break
    yield rows
  }
  await ctx.tx.rows(sql`close candidates`)
}
export interface SampledPair {
  id: string
  at: number
  rules: number
}
/** All candidate pairs of some records, with the rules that brought them as bits. */
export async function sampledPairs(
  ctx: Context,
  subject: Subject,
  ids: readonly string[],
): Promise<SampledPair[]> {
  prepareJoins(ctx)
  return ctx.tx.rows<SampledPair>(sql`
    ${sharedKeys(ctx, subject, ids, "higher")}
    select id, at, bit_or(1 << rule) as rules from shared group by id, at order by at, id`)
}

export interface StoredModel {
  parameters: MatchParameters
  salt: string
  scannedAt: string | null
}
export async function readModel(ctx: Context, entity: MatchedEntity): Promise<StoredModel | undefined> {
  return ctx.tx.row<StoredModel>(sql`
    select parameters, salt, scanned_at as "scannedAt" from match_models
    where workspace_id = ${ctx.workspaceId} and entity = ${entity}`)
}
export function saveModel(
  ctx: Context,
  entity: MatchedEntity,
  model: { parameters: MatchParameters; salt: string; records: number },
): void {
  ctx.tx.write(sql`
    insert into match_models (workspace_id, entity, parameters, salt, records, trained_at)
    values (${ctx.workspaceId}, ${entity}, ${JSON.stringify(model.parameters)}::text::jsonb, ${model.salt}, ${model.records}, ${ctx.now().toISOString()})
    on conflict (workspace_id, entity) do update set parameters = excluded.parameters, salt = excluded.salt,
      records = excluded.records, trained_at = excluded.trained_at`)
}
/** `startedAt`: what was written since then, the scan may have passed before it was there. */
export function noteScanned(ctx: Context, entity: MatchedEntity, startedAt: string): void {
  ctx.tx.write(sql`
    update match_models set scanned_at = ${startedAt} where workspace_id = ${ctx.workspaceId} and entity = ${entity}`)
}
/** Events since a moment that wrote records of an entity; their ids begin with the time. */
function writesSince(ctx: Context, singular: string, since: Date): Sql {
  const hex = since.getTime().toString(16).padStart(12, "0")
  const first = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
  const types = ["created", "updated", "restored", "merged", "unmerged"].map((fact) => `${singular}.${fact}`)
  return sql`from events e where e.workspace_id = ${ctx.workspaceId} and e.id >= ${first}::uuid
    and e.recorded_at >= ${since.toISOString()} and e.type = any (${types}::text[])`
}
/** Whether anything was written of an entity since a moment. */
export async function wasWritten(ctx: Context, singular: string, since: Date): Promise<boolean> {
  const row = await ctx.tx.row(sql`select true as found ${writesSince(ctx, singular, since)} limit 1`)
  return row !== undefined
}
/** Records of an entity written since a moment, up to `limit` of them. */
export async function writtenIds(
  ctx: Context,
  singular: string,
  since: Date,
  limit: number,
): Promise<string[]> {
  const rows = await ctx.tx.rows<{ id: string }>(sql`
    select distinct ids.id from (select e.data ${writesSince(ctx, singular, since)}) told
    cross join jsonb_array_elements_text(coalesce(told.data -> 'ids', '[]') || coalesce(told.data -> 'merged', '[]')) ids (id)
    limit ${limit}`)
  return rows.map(({ id }) => id)
}
