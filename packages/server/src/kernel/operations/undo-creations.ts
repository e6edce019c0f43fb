import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Context } from "../context.ts"
import { sql } from "../db/sql.ts"
import type { Stayed } from "../records/linking.ts"
import { getRecords, idsWithin } from "../records/read.ts"
import { leftAlone } from "./left-alone.ts"
import { firstId, type Page, type PageResult } from "./undo-changes.ts"

/** Events of creations looked at in one go. */
const step = 500
/** Stored bytes of them: some hundred that tell of a record each, or one of many. */
const stepBytes = 20_000

/** What taking back an operation's creations comes to, for some records of an entity. */
export interface CreationsPlan {
  entity: EntityDeclaration
  remove: string[]
  kept: Stayed[]
}
/** The next records an operation created, and which of them nobody has worked with since. */
export async function planCreations(
  ctx: Context,
  operationId: string,
  { after }: Page,
): Promise<PageResult<CreationsPlan>> {
  // By event, not by record: a large import would otherwise be unpacked as a whole for each step.
  const events = await ctx.tx.rows<{ id: string; type: string; ids: string[] }>(sql`
    select id, type, data -> 'ids' as ids from (
      select e.id, e.type, e.data, sum(pg_column_size(e.data)) over (order by e.id) - pg_column_size(e.data) as before
      from events e
      where e.workspace_id = ${ctx.workspaceId} and e.operation_id = ${operationId} and e.type like '%.created'
        and e.id > ${after ?? firstId}
      order by e.id limit ${step}) next
    where before < ${stepBytes} order by id`)
  const plans: CreationsPlan[] = []
  let count = 0
  for (const [type, own] of Map.groupBy(events, (event) => event.type.split(".")[0] as string)) {
    const ids = own.flatMap((event) => event.ids)
    count += ids.length
    const entity = ctx.registry.entityOfSubject(type)
    if (entity) plans.push(await planRecords(ctx, entity, ids, operationId))
  }
  return { plans, count, after: events.at(-1)?.id ?? after, isLast: events.length === 0 }
}

async function planRecords(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
  operationId: string,
): Promise<CreationsPlan> {
  const [touched, deletable, records] = await Promise.all([
    touchedSince(ctx, entity, ids, operationId),
    idsWithin(ctx, entity, ids, "delete"),
    getRecords(ctx, entity, ids, { keys: ["id", entity.title] }),
  ])
  const stays = ({ id }: { id: string }) => touched.has(id) || !deletable.has(id)
  return {
    entity,
    remove: records.flatMap((record) => (stays(record) ? [] : [record.id])),
    kept: records
      .filter(stays)
      .map((record) =>
        leftAlone(entity, record, ["record"], touched.has(record.id) ? "changed_since" : "forbidden"),
      ),
  }
}
/** Records that were changed, or gathered notes, tasks or anything else, outside the operation and its undoing. */
async function touchedSince(
  ctx: Context,
  entity: EntityDeclaration,
  ids: readonly string[],
  operationId: string,
): Promise<ReadonlySet<string>> {
  const rows = await ctx.tx.rows<{ id: string }>(sql`
    select distinct s.subject_id as id from event_subjects s join events e on e.workspace_id = s.workspace_id and e.id = s.event_id
    where s.workspace_id = ${ctx.workspaceId} and s.subject_type = ${entity.singular} and s.subject_id = any (${ids}::uuid[])
      and (e.operation_id is null or e.operation_id not in (
        select o.id from operations o
        where o.workspace_id = ${ctx.workspaceId} and (o.id = ${operationId} or o.undo_of = ${operationId})))`)
  return new Set(rows.map((row) => row.id))
}
