import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { permitted } from "../access/policy.ts"
import type { Context } from "../context.ts"
import { type Sql, sql } from "../db/sql.ts"
import { table } from "../records/columns.ts"
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
  const [met, deletable, records] = await Promise.all([
    ctx.tx.rows<{ id: string }>(
      touchedSince(ctx, entity, operationId, sql`s.subject_id = any (${ids}::uuid[])`),
    ),
    idsWithin(ctx, entity, ids, "delete"),
    getRecords(ctx, entity, ids, { keys: ["id", entity.title] }),
  ])
  const touched = new Set(met.map(({ id }) => id))
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
function touchedSince(
  { workspaceId }: Context,
  { singular }: EntityDeclaration,
  operationId: string,
  among: Sql,
): Sql<{ id: string }> {
  return sql`
    select distinct s.subject_id as id from event_subjects s join events e on e.workspace_id = s.workspace_id and e.id = s.event_id
    where s.workspace_id = ${workspaceId} and s.subject_type = ${singular} and ${among}
      and (e.operation_id is null or e.operation_id not in (
        select o.id from operations o
        where o.workspace_id = ${workspaceId} and (o.id = ${operationId} or o.undo_of = ${operationId})))`
}

export interface CreationsCount {
  removed: number
  keptCount: number
  /** The first of them. */
  kept: Stayed[]
  isWhole: boolean
}
/** The same as `countCreations` of the first so many that were created, looked at as they would be taken back. */
export async function lookAtCreations(
  ctx: Context,
  operationId: string,
  { mostLooked, mostNamed }: { mostLooked: number; mostNamed: number },
): Promise<CreationsCount> {
  const all: CreationsCount = { removed: 0, keptCount: 0, kept: [], isWhole: false }
  let after: string | null = null
  for (let looked = 0; !all.isWhole && looked < mostLooked; ) {
    const page: PageResult<CreationsPlan> = await planCreations(ctx, operationId, { after })
    for (const { remove, kept } of page.plans) {
      all.removed += remove.length
      all.keptCount += kept.length
      all.kept.push(...kept.slice(0, mostNamed - all.kept.length))
    }
    looked += page.count
    after = page.after
    all.isWhole = page.isLast
  }
  return all
}
/** What taking back all of an operation's creations comes to, as `planCreations` says it of some. */
export async function countCreations(
  ctx: Context,
  operationId: string,
  mostNamed: number,
): Promise<CreationsCount> {
  const created = await ctx.tx.rows<{ type: string }>(sql`
    select distinct type from events
    where workspace_id = ${ctx.workspaceId} and operation_id = ${operationId} and type like '%.created'`)
  const all: CreationsCount = { removed: 0, keptCount: 0, kept: [], isWhole: true }
  for (const { type } of created) {
    const entity = ctx.registry.entityOfSubject(type.split(".")[0] as string)
    if (!entity) continue
    const { removed, kept, touched, closed } = await countCreated(ctx, entity, operationId, mostNamed)
    all.removed += removed
    all.keptCount += kept
    all.kept.push(
      ...touched.map((id) => leftAlone(entity, { id }, ["record"], "changed_since")),
      ...closed.map((id) => leftAlone(entity, { id }, ["record"], "forbidden")),
    )
  }
  return { ...all, kept: all.kept.slice(0, mostNamed) }
}
async function countCreated(
  ctx: Context,
  entity: EntityDeclaration,
  operationId: string,
  mostNamed: number,
): Promise<{ removed: number; kept: number; touched: string[]; closed: string[] }> {
  const { workspaceId } = ctx
  const first = (condition: Sql) =>
    sql`coalesce((array_agg(c.id order by c.id) filter (where ${condition}))[1:${sql.lit(mostNamed)}], '{}')`
  const row = await ctx.tx.row<{ removed: number; kept: number; touched: string[]; closed: string[] }>(sql`
    with created as materialized (
      select r.id, (${permitted(ctx, entity, "delete", "r")}) is true as within
      from events e cross join lateral jsonb_array_elements_text(e.data -> 'ids') made (id)
      join ${table(entity, "r")} on r.workspace_id = e.workspace_id and r.id = made.id::uuid
      where e.workspace_id = ${workspaceId} and e.operation_id = ${operationId} and e.type = ${`${entity.singular}.created`}
        and r.deleted_at is null and ${permitted(ctx, entity, "see", "r")}
    ), touched as (${touchedSince(ctx, entity, operationId, sql`s.subject_id in (select id from created)`)})
    select count(*) filter (where c.within and t.id is null) as removed,
      count(*) filter (where not c.within or t.id is not null) as kept,
      ${first(sql`t.id is not null`)} as touched, ${first(sql`t.id is null and not c.within`)} as closed
    from created c left join touched t on t.id = c.id`)
  return row ?? { removed: 0, kept: 0, touched: [], closed: [] }
}
