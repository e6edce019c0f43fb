import { people } from "@regulars/contract/domains/people.ts"
import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import { restriction } from "../../kernel/access/policy.ts"
import { usableEntity } from "../../kernel/access/usable.ts"
import type { Context } from "../../kernel/context.ts"
import { type Sql, sql } from "../../kernel/db/sql.ts"

export interface OpenTask {
  id: string
  version: number
  title: string
  dueDate: string | null
  dueTime: string | null
  zone: string | null
  priority: string | null
  about: RecordReference[]
  section: "overdue" | "today" | "thisWeek" | "later"
  /** Tasks in the whole section. */
  count: number
}
/** The caller's open tasks by section, the most pressing of each. `nextWeek` is the first day after this week. */
export async function openTasks(
  ctx: Context,
  days: { today: string; nextWeek: string },
  limit: number,
): Promise<OpenTask[]> {
  return ctx.tx.rows<OpenTask>(sql`
    select id, version, title, due_date as "dueDate", due_time as "dueTime", zone, priority, about, section, count from (
      select t.*, count(*) over (partition by section) as count,
        row_number() over (partition by section order by due_date, due_time, array_position('{high,normal,low}'::text[], priority), id) as place
      from (
        select *, case when due_date < ${days.today}::date then 'overdue' when due_date = ${days.today}::date then 'today'
          when due_date < ${days.nextWeek}::date then 'thisWeek' else 'later' end as section
        from tasks
        where workspace_id = ${ctx.workspaceId} and assignee_id = ${ctx.actor.memberId} and status = 'open' and deleted_at is null
      ) t
    ) placed
    where place <= ${limit} order by place`)
}

export interface Addition {
  operationId: string | null
  at: string
  actorId: string | null
  count: number
  /** The first few of them. */
  personIds: string[]
}
/** Who added people since a time, newest first: by hand or by program from their events, by import from its operation. */
export async function recentAdditions(ctx: Context, since: string, limit: number): Promise<Addition[]> {
  return ctx.tx.rows<Addition>(sql`
    with by_hand as (
      select null::uuid as operation_id, recorded_at as at, actor_id, coalesce((data ->> 'count')::int, 1) as count, id as event_id
      from events
      where workspace_id = ${ctx.workspaceId} and type = 'person.created' and operation_id is null and recorded_at >= ${since}
      order by recorded_at desc, id desc limit ${limit}
    ), by_import as (
      select id as operation_id, created_at as at, created_by as actor_id, coalesce((summary ->> 'created')::int, done) as count,
        (select e.id from events e where e.workspace_id = o.workspace_id and e.operation_id = o.id and e.type = 'person.created' limit 1) as event_id
      from operations o
      where workspace_id = ${ctx.workspaceId} and created_at >= ${since} and kind = 'import' and entity = 'people' and status in ('running', 'done', 'cancelled')
      order by created_at desc, id desc limit ${limit}
    )
    select n.operation_id as "operationId", n.at, n.actor_id as "actorId", n.count, jsonb_path_query_array(e.data, '$.ids[0 to 2]') as "personIds"
    from (table by_hand union all table by_import) n
    join events e on e.workspace_id = ${ctx.workspaceId} and e.id = n.event_id
    where n.count > 0 order by n.at desc limit ${limit}`)
}

/** Nothing where the caller sees everybody. */
function reach(ctx: Context): Sql {
  const own = restriction(ctx, people, "see", "p")
  return own ? sql`and ${own}` : sql``
}

export interface Contact {
  id: string
  name: string | null
  email: string | null
  phone: string | null
}
/** Nobody is called by an address or a number that is hidden from the caller. */
function contact(ctx: Context): Sql {
  const { fields } = usableEntity(ctx, people)
  const emails = "emails" in fields ? sql`p.emails` : sql`null::jsonb`
  const phones = "phones" in fields ? sql`p.phones` : sql`null::jsonb`
  return sql`
    p.id, coalesce(p.name, ${emails} -> 0 ->> 'address', ${phones} -> 0 ->> 'raw') as name,
    coalesce(jsonb_path_query_first(${emails}, '$[*] ? (@.preferred == true)'), ${emails} -> 0) ->> 'address' as email,
    coalesce(jsonb_path_query_first(${phones}, '$[*] ? (@.preferred == true)'), ${phones} -> 0) ->> 'number' as phone`
}

/** People whose birthday is one of these days of the year (305 is the fifth of March), in the order of the days. */
export async function birthdayPeople(
  ctx: Context,
  days: readonly number[],
  limit: number,
): Promise<(Contact & { day: number; year: number | null })[]> {
  return ctx.tx.rows(sql<Contact & { day: number; year: number | null }>`
    select ${contact(ctx)}, p.birthday_day as day, (p.birthday ->> 'year')::int as year
    from people p
    where p.workspace_id = ${ctx.workspaceId} and p.deleted_at is null and p.birthday_day = any (${days}::smallint[]) ${reach(ctx)}
    order by array_position(${days}::smallint[], p.birthday_day), p.care_rank, p.id limit ${limit}`)
}

export interface QuietPerson extends Contact {
  lastActivityAt: string | null
  keyCustomer: string | null
  lifecycleStage: string | null
}
/**
 * Customers nobody has been in touch with since `before`, or never as far as is known: key customers first,
 * then by how long it has been. Each rank is a stretch of the index.
 */
export async function quietPeople(ctx: Context, before: string, limit: number): Promise<QuietPerson[]> {
  const stretch = (since: ReturnType<typeof sql>) => sql`
    (select ${contact(ctx)}, p.care_rank as rank, p.last_activity_at as "lastActivityAt", p.key_customer as "keyCustomer", p.lifecycle_stage as "lifecycleStage"
    from people p
    where p.workspace_id = ${ctx.workspaceId} and p.deleted_at is null and p.care_rank = ranks.rank and ${since} ${reach(ctx)}
    order by p.last_activity_at, p.id limit ${limit})`
  return ctx.tx.rows<QuietPerson>(sql`
    select found.* from unnest('{1,2,3}'::smallint[]) ranks (rank)
    cross join lateral (
      ${stretch(sql`p.last_activity_at < ${before}`)} union all ${stretch(sql`p.last_activity_at is null`)}
    ) found
    order by found.rank, found."lastActivityAt" nulls last, found.id limit ${limit}`)
}
