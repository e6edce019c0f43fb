import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context, JobHandler, Schedule } from "../context.ts"
import { sql } from "../db/sql.ts"
import { emitEvents } from "../events/emit.ts"
import { enqueue } from "../jobs/enqueue.ts"
import { followLinks, isRolledUp } from "../own-fields/rollups.ts"
import { unlinkOwn } from "../own-fields/unlink.ts"
import { addDays, dayIn, startOfDay } from "../time.ts"
import { storage, table } from "./columns.ts"
import { idsMergedInto } from "./merged.ts"
import { getRecords } from "./read.ts"

/** Days a deleted record waits in the bin before it is erased. */
export const binDays = 90
/** The fact that records were erased for good, with the ids of the events that told of them. */
export const recordsErased = "records.erased"
/** Records erased in one transaction. */
const step = 500

/** Tables that hold something of a record beside its own row, and their column that names it. */
export const traceTables = [
  ["record_values", "record_id"],
  ["field_values", "record_id"],
  ["search_index", "record_id"],
  ["changes", "record_id"],
  ["external_ids", "record_id"],
  ["shares", "record_id"],
  ["notifications", "subject_id"],
  ["event_subjects", "subject_id"],
  ["event_subjects", "tells_of"],
  ["match_records", "record_id"],
  ["duplicate_pairs", "one_id"],
  ["duplicate_pairs", "other_id"],
] as const

/**
 * Erases records for good, from the bin or not: their rows, index entries, history, notifications, and what events
 * tell of them. Links of others to them become empty, as the tables' references say.
 */
export async function eraseRecords(
  ctx: Context,
  entity: EntityDeclaration,
  given: readonly string[],
): Promise<void> {
  if (given.length === 0) return
  const { tx, workspaceId } = ctx
  if (isRolledUp(ctx, entity)) {
    const records = await getRecords({ ...ctx, access: undefined }, entity, given)
    await followLinks(
      ctx,
      entity,
      records.map((before) => ({ before })),
    )
  }
  // What became part of a record is erased with it: nothing leads to it any more.
  const ids = [...given, ...(entity.mergeable ? await idsMergedInto(ctx, given) : [])]
  tx.write(
    sql`delete from ${storage(entity)} where workspace_id = ${workspaceId} and id = any (${ids}::uuid[])`,
  )
  // Also what merges of others changed in them.
  for (const which of [
    sql`before ->> 'id' = any (${ids}::text[])`,
    sql`merge_id in (select merge_id from merged_records where workspace_id = ${workspaceId} and id = any (${ids}::uuid[]))`,
  ])
    tx.write(sql`delete from merged_parts where workspace_id = ${workspaceId} and ${which}`)
  tx.write(sql`delete from merged_records where workspace_id = ${workspaceId} and id = any (${ids}::uuid[])`)
  await unlinkOwn(ctx, entity.name, ids)
  const touched = await tx.rows<{ id: string }>(sql`
    select event_id as id from event_subjects
    where workspace_id = ${workspaceId} and subject_type = ${entity.singular} and subject_id = any (${ids}::uuid[])
    union select event_id from changes where workspace_id = ${workspaceId} and record_id = any (${ids}::uuid[])`)
  for (const [trace, column] of traceTables)
    tx.write(sql`
      delete from ${sql.table(trace)} where workspace_id = ${workspaceId} and ${sql.id(column)} = any (${ids}::uuid[])
        ${column === "subject_id" ? sql`and subject_type = ${entity.singular}` : sql``}`)
  const events = await eraseFromEvents(
    ctx,
    touched.map(({ id }) => id),
    ids,
  )
  // Ids of events only: the audit chain still holds their hashes, and this says why they can't be looked at any more.
  emitEvents(ctx, [
    { type: recordsErased, data: { entity: entity.name, count: ids.length, events }, subjects: [] },
  ])
}
/**
 * An event that tells of others, too (a bulk edit, the creation of those that stay), goes on telling of them. Returns
 * which were changed or deleted: those that only stood on a timeline of the erased say what they said.
 */
async function eraseFromEvents(
  { tx, workspaceId }: Context,
  eventIds: readonly string[],
  ids: readonly string[],
): Promise<string[]> {
  const changed = await tx.rows<{ id: string }>(sql`
    update events e set salt = null, data = e.data || (
      select jsonb_build_object('ids', rest.ids)
        || case when e.data ? 'count' then jsonb_build_object('count', jsonb_array_length(rest.ids)) else '{}' end
      from (
        select coalesce(jsonb_agg(entry), '[]') as ids from jsonb_array_elements(e.data -> 'ids') entry
        where (entry #>> '{}')::uuid not in (select unnest(${ids}::uuid[]))
      ) rest)
    where e.workspace_id = ${workspaceId} and e.id = any (${eventIds}::uuid[]) and e.data -> 'ids' ?| ${ids}::text[]
    returning e.id`)
  const gone = await tx.rows<{ id: string }>(sql`
    delete from events e where e.workspace_id = ${workspaceId} and e.id = any (${eventIds}::uuid[])
      and (case when e.data ? 'ids' then e.data -> 'ids' = '[]'
        else not exists (select from event_subjects s where s.workspace_id = e.workspace_id and s.event_id = e.id) end)
    returning e.id`)
  const goneIds = gone.map(({ id }) => id)
  for (const trace of ["event_subjects", "effects"])
    tx.write(
      sql`delete from ${sql.table(trace)} where workspace_id = ${workspaceId} and event_id = any (${goneIds}::uuid[])`,
    )
  return [...new Set([...changed, ...gone].map(({ id }) => id))]
}

/** Erases what has been in the bin for longer than it is kept there; in steps, the oldest first. */
export const emptyBinJob: JobHandler = {
  name: "records.emptyBin",
  async handle(ctx) {
    const before = startOfDay(addDays(dayIn(ctx.workspaceZone, ctx.now()), -binDays), ctx.workspaceZone)
    for (const entity of ctx.registry.entities) {
      const rows = await ctx.tx.rows<{ id: string }>(sql`
        select id from ${table(entity)}
        where workspace_id = ${ctx.workspaceId} and deleted_at is not null and deleted_at < ${before.toISOString()}::timestamptz
        order by deleted_at limit ${step} for update`)
      await eraseRecords(
        ctx,
        entity,
        rows.map(({ id }) => id),
      )
      if (rows.length < step) continue
      return enqueue(ctx, emptyBinJob.name, {}, { key: `${emptyBinJob.name}:${ctx.workspaceId}` })
    }
  },
}
export const emptyBinSchedule: Schedule = { job: emptyBinJob.name, everyMinutes: 24 * 60 }
