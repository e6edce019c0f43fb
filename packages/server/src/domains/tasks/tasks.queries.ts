import type { Context } from "../../kernel/context.ts"
import { sql } from "../../kernel/db/sql.ts"

export interface Assignment {
  taskId: string
  assigneeId: string
  /** Who gave the task to them; null for the product itself. */
  actorId: string | null
}
/** Open tasks that an event gave to those who have them now, when it was not their own doing. */
export async function assignmentsOf(
  ctx: Context,
  eventId: string,
  taskIds: readonly string[],
): Promise<Assignment[]> {
  return ctx.tx.rows<Assignment>(sql`
    select t.id as "taskId", t.assignee_id as "assigneeId", e.actor_id as "actorId"
    from events e
    join tasks t on t.workspace_id = e.workspace_id and t.id = any (${taskIds}::uuid[])
    where e.workspace_id = ${ctx.workspaceId} and e.id = ${eventId} and t.deleted_at is null and t.status = 'open'
      and t.assignee_id is not null and t.assignee_id is distinct from e.actor_id
      and e.id = coalesce((
        select c.event_id from changes c
        where c.workspace_id = t.workspace_id and c.record_id = t.id and c.after ? 'assigneeId'
        order by c.version desc limit 1
      ), case when e.type = 'task.created' then e.id end)`)
}

export interface DueTask {
  id: string
  assigneeId: string
  dueDate: string
  dueTime: string | null
  /** Of the task, else of its assignee, else of the workspace. */
  zone: string
}
/** Open tasks of active members due from `from` to `to` (days). */
export async function tasksDueBetween(ctx: Context, from: string, to: string): Promise<DueTask[]> {
  return ctx.tx.rows<DueTask>(sql`
    select t.id, t.assignee_id as "assigneeId", t.due_date as "dueDate", t.due_time as "dueTime",
      coalesce(case when t.due_time is not null then t.zone end, m.time_zone, ${ctx.workspaceZone}) as zone
    from tasks t
    join members m on m.workspace_id = t.workspace_id and m.id = t.assignee_id and m.active
    where t.workspace_id = ${ctx.workspaceId} and t.deleted_at is null and t.status = 'open' and t.due_date between ${from}::date and ${to}::date`)
}
