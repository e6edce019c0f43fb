import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { TimelineEntry } from "@regulars/contract/kernel/entity-endpoints.ts"
import { isObjectName } from "@regulars/contract/kernel/own-objects.ts"
import { hiddenKeys, shown as shownPart } from "../access/usable.ts"
import type { Context, Subject } from "../context.ts"
import { sql } from "../db/sql.ts"
import { invalid } from "../errors.ts"
import { isId } from "../ids.ts"
import { answered } from "../own-fields/values.ts"
import { columnName, type Values } from "../records/columns.ts"
import { getRecord, getRecords, idsWithin, namesOf } from "../records/read.ts"
import { isDatabaseInstant } from "../records/sort.ts"

export interface TimelineQuery {
  /** Event types, or their first part: `note`, `person.updated`. */
  types?: string[] | undefined
  cursor?: string | undefined
  limit: number
}
export interface Timeline {
  data: TimelineEntry[]
  page: { next: string | null }
}
interface EventRow {
  id: string
  type: string
  occurredAt: string
  at: string
  actorType: string
  actorId: string | null
  actorName: string | null
  operationId: string | null
  operationKind: string | null
  data: Values
  before: Values | null
  after: Values | null
}

/**
 * What happened with a record, newest first, by keyset over the index of event subjects; also with one in the
 * bin. Entries about a note, task or activity carry it as it stands now; those in the bin are left out. Throws
 * `not_found`. Statements: two, and one per kind of record carried or named besides.
 */
export async function readTimeline(
  ctx: Context,
  entity: EntityDeclaration,
  id: string,
  query: TimelineQuery,
): Promise<Timeline> {
  const subject = { type: entity.singular, id }
  const [own, rows] = await Promise.all([
    getRecord(ctx, entity, id, { deleted: true, keys: ["id", entity.title] }),
    eventRows(ctx, subject, query),
  ])
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  const records = await recordsOf(ctx, shown)
  const all = shown.flatMap((row) => {
    const record = records.get(firstId(row) ?? "")
    if (!record && carriesRecord(ctx, row)) return []
    const about = record?.about as Subject[] | undefined
    return [{ row, record, subjects: about ?? [{ type: singularOf(row), id: firstId(row) ?? subject.id }] }]
  })
  const told = await withinSight(ctx, subject, all)
  const named = await namesFor(
    ctx,
    told.flatMap(({ subjects }) => subjects).filter((other) => other.id !== id),
  )
  const nameOf = ({ type, id: other }: Subject) =>
    (other === id ? (own[entity.title] as string) : named[type]?.[other]) ?? null
  const merged = await mergedNames(ctx, entity, shown)
  // What links here from a record of an own object is shown to whoever sees that record.
  const isSeen = ({ row, subjects: [other] }: (typeof told)[number]) =>
    !isObjectName(singularOf(row)) || !other || nameOf(other) !== null
  const data = told.filter(isSeen).map(({ row, record, subjects }) => {
    const names = (row.data.merged as string[] | undefined)?.flatMap((other) => merged.get(other) ?? [])
    const named = { ...row, data: { ...row.data, ...(names && { names }) } }
    const teller = ctx.registry.entityOfSubject(singularOf(row))
    const own = entry(
      teller ? shownRow(ctx, teller, named) : named,
      subjects,
      nameOf,
      record && teller ? shownPart(ctx, teller, record) : record,
    )
    return { ...own, summary: textOf(row, entity) }
  })
  return { data, page: { next: rows.length > query.limit && last ? writeTimelineCursor(last) : null } }
}

interface Told {
  row: EventRow
  record: Values | undefined
  subjects: Subject[]
}
/** Whom the caller can't see is not named, nor told of: not even by an id. */
async function withinSight(ctx: Context, own: Subject, told: readonly Told[]): Promise<Told[]> {
  const hidden = new Set<string>()
  const others = told.flatMap(({ subjects }) => subjects).filter(({ id }) => id !== own.id)
  for (const [type, named] of Map.groupBy(others, (subject) => subject.type)) {
    const entity = ctx.registry.entityOfSubject(type)
    if (!entity) continue
    const ids = [...new Set(named.map(({ id }) => id))]
    const seen = await idsWithin(ctx, entity, ids, "see")
    for (const id of ids) if (!seen.has(id)) hidden.add(id)
  }
  if (hidden.size === 0) return [...told]
  return told.flatMap(({ row, record, subjects }) => {
    const seen = subjects.filter(({ id }) => !hidden.has(id))
    if (seen.length === 0 && subjects.length > 0) return []
    return [{ row, record: record?.about ? { ...record, about: seen } : record, subjects: seen }]
  })
}

/** An entry's values without what the caller must not see. */
function shownRow(ctx: Context, entity: EntityDeclaration, row: EventRow): EventRow {
  const hidden = hiddenKeys(ctx, entity)
  if (hidden.length === 0) return row
  const { before, after, data } = row
  const fields = (data.fields as string[] | undefined)?.filter((key) => !hidden.includes(key))
  return {
    ...row,
    before: before && shownPart(ctx, entity, before),
    after: after && shownPart(ctx, entity, after),
    data: { ...data, ...(fields && { fields }) },
  }
}

/** Which text says what happened. Own objects share theirs; what came to link here says so. */
function textOf(row: EventRow, entity: EntityDeclaration): string {
  const [singular = "", fact] = row.type.split(".")
  const isLinked = fact === "updated" && singular !== entity.singular
  return `event.${isObjectName(singular) ? "object" : singular}.${isLinked ? "linked" : fact}`
}

function entry(
  row: EventRow,
  subjects: readonly Subject[],
  nameOf: (subject: Subject) => string | null,
  record: Values | undefined,
): Omit<TimelineEntry, "summary"> {
  const changes =
    row.after &&
    Object.entries(row.after).map(([field, to]) => ({ field, from: row.before?.[field] ?? null, to }))
  const { ids: _, ...facts } = row.data
  return {
    id: row.id,
    type: row.type,
    occurredAt: row.occurredAt,
    actor: { type: row.actorType, id: row.actorId, name: row.actorName },
    subjects: subjects.map((subject) => ({ type: subject.type, id: subject.id, name: nameOf(subject) })),
    data: {
      ...facts,
      ...(changes && { changes }),
      ...(record && { record }),
      ...(row.operationId && { operationId: row.operationId, operationKind: row.operationKind }),
    },
  }
}

/** What records were called that became part of others, for as long as that can be taken back. */
async function mergedNames(
  ctx: Context,
  entity: EntityDeclaration,
  rows: readonly EventRow[],
): Promise<ReadonlyMap<string, string>> {
  const ids = rows.flatMap(({ data }) => (data.merged as string[] | undefined) ?? [])
  if (ids.length === 0) return new Map()
  const found = await ctx.tx.rows<{ id: string; name: string }>(sql`
    select id, record ->> ${columnName(entity.title)} as name from merged_records
    where workspace_id = ${ctx.workspaceId} and id = any (${ids}::uuid[]) and record ->> ${columnName(entity.title)} <> ''`)
  return new Map(found.map(({ id, name }) => [id, name]))
}
function singularOf(row: EventRow): string {
  return row.type.split(".")[0] as string
}
function firstId(row: EventRow): string | undefined {
  return (row.data.ids as string[] | undefined)?.[0]
}
/** Whether the entry tells of a record without a timeline of its own, which it then shows. */
function carriesRecord(ctx: Context, row: EventRow): boolean {
  const entity = ctx.registry.entityOfSubject(singularOf(row))
  return entity !== undefined && !entity.timeline
}

async function eventRows(ctx: Context, subject: Subject, query: TimelineQuery): Promise<EventRow[]> {
  const after = query.cursor === undefined ? sql`` : cursorCondition(query.cursor)
  const kinds = query.types?.length
    ? sql`and (s.event_type = any (${query.types}::text[]) or split_part(s.event_type, '.', 1) = any (${query.types}::text[]))`
    : sql``
  return ctx.tx.rows<EventRow>(sql`
    select e.id, e.type, s.occurred_at as "occurredAt", s.occurred_at::text as at, e.actor_type as "actorType", e.actor_id as "actorId",
      m.name as "actorName", e.operation_id as "operationId", o.kind as "operationKind",
      case when s.tells_of is not null then jsonb_set(e.data, '{ids}', jsonb_build_array(s.tells_of))
        when jsonb_array_length(coalesce(e.data -> 'ids', '[]')) > 1 or (s.told_of is not null and split_part(e.type, '.', 1) = ${subject.type}) then jsonb_set(e.data, '{ids}', jsonb_build_array(s.subject_id)) else e.data end as data,
      c.before, c.after
    from (
      select s.occurred_at, s.event_id, s.subject_id, s.event_type, s.told_of, s.tells_of from event_subjects s
      where s.workspace_id = ${ctx.workspaceId} and s.subject_type = ${subject.type} and s.subject_id = ${subject.id} ${kinds} ${after}
      order by s.occurred_at desc, s.event_id desc limit ${query.limit + 1}
    ) s
    join events e on e.workspace_id = ${ctx.workspaceId} and e.id = s.event_id
    left join members m on m.workspace_id = e.workspace_id and m.id = e.actor_id
    left join operations o on o.workspace_id = e.workspace_id and o.id = e.operation_id
    left join changes c on c.workspace_id = e.workspace_id and c.record_id = coalesce(s.told_of, s.subject_id) and c.event_id = e.id
    order by s.occurred_at desc, s.event_id desc`)
}

/** Notes, tasks and activities the entries tell of, as they stand now. */
async function recordsOf(ctx: Context, rows: readonly EventRow[]): Promise<Map<string, Values>> {
  const byType = Map.groupBy(
    rows.filter((row) => carriesRecord(ctx, row)),
    singularOf,
  )
  const found = await Promise.all(
    [...byType].map(async ([type, own]) => {
      const entity = ctx.registry.entityOfSubject(type)!
      const ids = own.flatMap((row) => firstId(row) ?? [])
      return (await getRecords(ctx, entity, ids)).map((record) => answered(entity, record))
    }),
  )
  return new Map(found.flat().map((record) => [record.id, record]))
}

/** Names of those whom entries name besides the one whose timeline it is, by type and id. */
async function namesFor(
  ctx: Context,
  subjects: readonly Subject[],
): Promise<Record<string, Record<string, string>>> {
  const wanted = new Map<string, Set<string>>()
  const types = new Map<string, string>()
  for (const { type, id } of subjects) {
    const target = type === "member" ? "members" : ctx.registry.entityOfSubject(type)?.name
    if (!target) continue
    types.set(type, target)
    wanted.set(target, (wanted.get(target) ?? new Set()).add(id))
  }
  const byEntity = await namesOf(ctx, wanted)
  return Object.fromEntries([...types].map(([type, target]) => [type, byEntity[target] ?? {}]))
}

function writeTimelineCursor(row: EventRow): string {
  return Buffer.from(JSON.stringify([row.at, row.id])).toString("base64url")
}
function cursorCondition(text: string) {
  try {
    const [at, id] = JSON.parse(Buffer.from(text, "base64url").toString()) as [unknown, unknown]
    if (typeof at === "string" && isDatabaseInstant(at) && typeof id === "string" && isId(id))
      return sql`and (s.occurred_at, s.event_id) < (${at}::timestamptz, ${id}::uuid)`
  } catch {
    // Answered below.
  }
  throw invalid("cursor", "invalid_cursor", "is not a cursor of this timeline")
}
