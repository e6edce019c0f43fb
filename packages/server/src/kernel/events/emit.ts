import type { Context, Subject } from "../context.ts"
import { sql } from "../db/sql.ts"
import { newId } from "../ids.ts"
import { recordset, type Values } from "../records/columns.ts"

export interface NewEvent {
  id?: string
  type: string
  occurredAt?: string
  operationId?: string | null
  data: Values
  subjects: readonly Subject[]
}

/** Writes events with their subjects in the caller's transaction: one statement, however many there are. */
export function emitEvents(ctx: Context, events: readonly NewEvent[]): void {
  if (events.length === 0) return
  const now = ctx.now().toISOString()
  const eventRows: Values[] = []
  const subjectRows: Values[] = []
  for (const event of events) {
    if (!ctx.registry.events.has(event.type)) throw new Error(`The event "${event.type}" is not declared`)
    const id = event.id ?? newId(ctx.now().getTime())
    const occurredAt = event.occurredAt ?? now
    eventRows.push({
      id,
      type: event.type,
      occurred_at: occurredAt,
      operation_id: event.operationId ?? null,
      data: event.data,
    })
    for (const subject of event.subjects)
      subjectRows.push({
        subject_type: subject.type,
        subject_id: subject.id,
        occurred_at: subject.occurredAt ?? occurredAt,
        event_id: id,
        event_type: event.type,
        tells_of: subject.tellsOf ?? null,
      })
  }
  const { tx, actor } = ctx
  tx.afterCommit(() => ctx.services.live.written())
  const eventTypes = {
    id: "uuid",
    type: "text",
    occurred_at: "timestamptz",
    operation_id: "uuid",
    data: "jsonb",
  }
  const subjectTypes = {
    subject_type: "text",
    subject_id: "uuid",
    occurred_at: "timestamptz",
    event_id: "uuid",
    event_type: "text",
    tells_of: "uuid",
  }
  tx.write(sql`
    with told as (
      insert into events (workspace_id, id, type, occurred_at, recorded_at, actor_type, actor_id, operation_id, data, depth)
      select ${tx.workspaceId}::uuid, id, type, occurred_at, ${now}, ${actor.type}, ${actor.memberId}, operation_id, data, ${ctx.depth}
      from ${recordset("input", eventRows, eventTypes)}
    )
    insert into event_subjects (workspace_id, subject_type, subject_id, occurred_at, event_id, event_type, tells_of)
    select ${tx.workspaceId}::uuid, subject_type, subject_id, occurred_at, event_id, event_type, tells_of
    from ${recordset("input", subjectRows, subjectTypes)}
    on conflict do nothing`)
}
