import { companies, people } from "@regulars/contract/domains/people.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import { permitted } from "../../kernel/access/policy.ts"
import type { CheckOptions, Context, Subject } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"
import { announce } from "../../kernel/records/announce.ts"
import { recordset, type StoredRecord } from "../../kernel/records/columns.ts"

/** The company each person works at now; people without one are absent. */
export async function companiesOf(ctx: Context, personIds: readonly string[]): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map()
  const rows = await ctx.tx.rows<{ id: string; companyId: string }>(sql`
    select id, company_id as "companyId" from people
    where workspace_id = ${ctx.workspaceId} and id = any (${personIds}::uuid[]) and company_id is not null`)
  return new Map(rows.map(({ id, companyId }) => [id, companyId]))
}

/** Every company each person has worked at, as far as anyone noted it. */
export async function employersOf(
  ctx: Context,
  personIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (personIds.length === 0) return new Map()
  const rows = await ctx.tx.rows<{ id: string; companyIds: string[] }>(sql`
    select id, array(
      select company_id where company_id is not null union select (entry ->> 'companyId')::uuid from jsonb_array_elements(employments) entry
    ) as "companyIds"
    from people where workspace_id = ${ctx.workspaceId} and id = any (${personIds}::uuid[])`)
  return new Map(rows.map(({ id, companyIds }) => [id, companyIds]))
}

/**
 * Notes that there was contact with these people, the companies they work at and these companies, `at` an ISO
 * instant unless a subject has its own. The last contact only ever moves forward, never past now; the records'
 * versions stay.
 */
export async function touch(ctx: Context, subjects: readonly Subject[], at: string): Promise<void> {
  const touched = await touchRecords(ctx, people, latest(ctx, subjects, "person", at))
  const employers = touched.flatMap(({ companyId, contactAt }): Subject[] =>
    companyId ? [{ type: "company", id: companyId, occurredAt: contactAt }] : [],
  )
  await touchRecords(ctx, companies, latest(ctx, [...subjects, ...employers], "company", at))
}
interface Contact extends Record<string, string> {
  id: string
  at: string
}
function latest(ctx: Context, subjects: readonly Subject[], type: string, at: string): Contact[] {
  const now = ctx.now().toISOString()
  const found = new Map<string, string>()
  for (const subject of subjects) {
    if (subject.type !== type) continue
    const own = subject.occurredAt ?? at
    const [time = now] = [own, now].sort()
    if (time > (found.get(subject.id) ?? "")) found.set(subject.id, time)
  }
  return [...found].map(([id, time]) => ({ id, at: time }))
}
interface Touched extends StoredRecord {
  companyId: string | null
  contactAt: string
}
async function touchRecords(
  ctx: Context,
  entity: EntityDeclaration,
  contacts: readonly Contact[],
): Promise<Touched[]> {
  if (contacts.length === 0) return []
  const companyId = entity === people ? sql`r.company_id` : sql`null`
  // Locked in the order of ids, as every set write does, so that two writers never wait for each other.
  const touched = await ctx.tx.rows<Touched>(sql`
    with locked as (
      select r.id, input.at from ${sql.table(entity.name)} r
      join ${recordset("input", contacts, { id: "uuid", at: "timestamptz" })} on input.id = r.id
      where r.workspace_id = ${ctx.workspaceId} order by r.id for no key update of r
    )
    update ${sql.table(entity.name)} r set last_activity_at = greatest(r.last_activity_at, locked.at) from locked
    where r.workspace_id = ${ctx.workspaceId} and r.id = locked.id
    returning r.id, r.version, ${companyId} as "companyId", locked.at as "contactAt"`)
  // Whoever looks at them now sees a new line on the timeline.
  announce(ctx, entity, touched)
  return touched
}

/** Whether a chain of parents leads from one of these companies back to itself. */
export async function hasParentCycle(ctx: Context, companyIds: readonly string[]): Promise<boolean> {
  // One at a time in a workspace: two changes that are sound apart can close a circle together.
  await ctx.tx.rows(
    sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.workspaceId}/companies/parents`}, 0))`,
  )
  const row = await ctx.tx.row(sql`
    with recursive chain (start, id) as (
      select id, parent_id from companies where workspace_id = ${ctx.workspaceId} and id = any (${companyIds}::uuid[]) and parent_id is not null
      union
      select chain.start, c.parent_id from chain join companies c on c.workspace_id = ${ctx.workspaceId} and c.id = chain.id
      where c.parent_id is not null and chain.id <> chain.start
    )
    select 1 as found from chain where start = id limit 1`)
  return row !== undefined
}

/** For these companies and all above them: the one each stands below. A preview passes none the caller doesn't see. */
export async function parentsAbove(
  ctx: Context,
  companyIds: readonly string[],
  { isPreview }: CheckOptions,
): Promise<Map<string, string | null>> {
  const seen = isPreview ? permitted(ctx, companies, "see", "c") : sql`true`
  const rows = await ctx.tx.rows<{ id: string; parentId: string | null }>(sql`
    with recursive above (id, parent_id) as (
      select c.id, c.parent_id from companies c where c.workspace_id = ${ctx.workspaceId} and c.id = any (${companyIds}::uuid[]) and ${seen}
      union
      select c.id, c.parent_id from above join companies c on c.workspace_id = ${ctx.workspaceId} and c.id = above.parent_id and ${seen}
    )
    select id, parent_id as "parentId" from above`)
  return new Map(rows.map(({ id, parentId }) => [id, parentId]))
}

export interface TellingEvent {
  recordId: string
  eventId: string
  type: string
  occurredAt: string
}
/** Events of these types that tell of the records themselves. */
export async function eventsOf(
  ctx: Context,
  singular: string,
  ids: readonly string[],
  types: readonly string[],
): Promise<TellingEvent[]> {
  return ctx.tx.rows<TellingEvent>(sql`
    select subject_id as "recordId", event_id as "eventId", event_type as type, occurred_at::text as "occurredAt" from event_subjects
    where workspace_id = ${ctx.workspaceId} and subject_type = ${singular} and subject_id = any (${ids}::uuid[]) and event_type = any (${types}::text[])`)
}

export interface SubjectRow extends Record<string, string | null> {
  subject_type: string
  subject_id: string
  occurred_at: string
  event_id: string
  event_type: string
  tells_of: string | null
}
const subjectTypes = {
  subject_type: "text",
  subject_id: "uuid",
  occurred_at: "timestamptz",
  event_id: "uuid",
  event_type: "text",
  tells_of: "uuid",
}
/** Takes events from some timelines and puts them on others, perhaps at another time. */
export async function replaceSubjects(
  ctx: Context,
  removed: readonly SubjectRow[],
  added: readonly SubjectRow[],
  times: readonly { id: string; at: string }[],
): Promise<void> {
  await ctx.tx.rows(sql`
    delete from event_subjects s using ${recordset("input", removed, subjectTypes)}
    where s.workspace_id = ${ctx.workspaceId} and s.subject_type = input.subject_type and s.subject_id = input.subject_id
      and s.occurred_at = input.occurred_at and s.event_id = input.event_id`)
  await ctx.tx.rows(sql`
    insert into event_subjects (workspace_id, subject_type, subject_id, occurred_at, event_id, event_type, tells_of)
    select ${ctx.workspaceId}::uuid, subject_type, subject_id, occurred_at, event_id, event_type, tells_of from ${recordset("input", added, subjectTypes)}
    on conflict do nothing`)
  if (times.length > 0)
    await ctx.tx.rows(sql`
      update events e set occurred_at = input.at from ${recordset("input", times, { id: "uuid", at: "timestamptz" })}
      where e.workspace_id = ${ctx.workspaceId} and e.id = input.id`)
}
