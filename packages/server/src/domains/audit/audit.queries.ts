import type { Context } from "../../kernel/context.ts"
import { allOf, type Sql, sql } from "../../kernel/db/sql.ts"
import { firstIdAt } from "../../kernel/ids.ts"

export interface FactRow {
  id: string
  type: string
  at: string
  actorType: string
  actorId: string | null
  actorName: string | null
  operationId: string | null
  operationKind: string | null
  data: Record<string, unknown>
  sealed: boolean
}
export interface FactFilter {
  area?: "security" | "records" | undefined
  memberId?: string | undefined
  subject?: { type: string; id: string } | undefined
  /** Moments, ISO 8601: from this one on, and before that one. */
  from?: string | undefined
  before?: string | undefined
  /** Id of the last fact of the page before. */
  after?: string | undefined
  limit: number
}

/** How far the time an id begins with may be from the one it was recorded at (milliseconds): it is made somewhat earlier. */
const drift = 3_600_000
/**
 * Events by the time they were recorded, which their ids begin with, newest first. Days bound the ids, so that old ones
 * are found without reading what came since.
 */
export function listFacts(ctx: Context, filter: FactFilter): Promise<FactRow[]> {
  const { subject } = filter
  const conditions: Sql[] = [sql`e.workspace_id = ${ctx.workspaceId}`]
  if (filter.area === "security") conditions.push(sql`e.type like 'security.%'`)
  if (filter.area === "records") conditions.push(sql`e.type not like 'security.%'`)
  if (filter.memberId) conditions.push(sql`e.actor_id = ${filter.memberId}::uuid`)
  if (filter.from)
    conditions.push(
      sql`e.id >= ${firstIdAt(Date.parse(filter.from) - drift)}::uuid and e.recorded_at >= ${filter.from}::timestamptz`,
    )
  if (filter.before)
    conditions.push(
      sql`e.id < ${firstIdAt(Date.parse(filter.before) + drift)}::uuid and e.recorded_at < ${filter.before}::timestamptz`,
    )
  if (filter.after) conditions.push(sql`e.id < ${filter.after}::uuid`)
  if (subject)
    conditions.push(sql`e.id = any (array(
      select s.event_id from event_subjects s where s.workspace_id = ${ctx.workspaceId} and s.subject_type = ${subject.type}
        and s.subject_id = ${subject.id}::uuid))`)
  return ctx.tx.rows<FactRow>(sql`
    select e.id, e.type, e.recorded_at as at, e.actor_type as "actorType", e.actor_id as "actorId", m.name as "actorName",
      e.operation_id as "operationId", o.kind as "operationKind", e.data, e.salt is not null as sealed
    from events e
    left join members m on m.workspace_id = e.workspace_id and m.id = e.actor_id
    left join operations o on o.workspace_id = e.workspace_id and o.id = e.operation_id
    where ${allOf(conditions)} order by e.id desc limit ${filter.limit}`)
}
