import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import { seesNamed } from "../../kernel/access/policy.ts"
import type { Context } from "../../kernel/context.ts"
import { type Sql, sql } from "../../kernel/db/sql.ts"
import { recordset, type Values } from "../../kernel/records/columns.ts"

export interface NotificationRow {
  id: string
  kind: "mention" | "assigned" | "due"
  subject: RecordReference
  actorId: string | null
  createdAt: string
  readAt: string | null
}
export interface Place {
  createdAt: string
  id: string
}

/** Adds rows for members who are active now; answers to whom something new was added. */
export async function insertNotifications(ctx: Context, rows: readonly Values[]): Promise<string[]> {
  const types = {
    id: "uuid",
    member_id: "uuid",
    kind: "text",
    key: "text",
    subject_type: "text",
    subject_id: "uuid",
    actor_id: "uuid",
  }
  const added = await ctx.tx.rows<{ memberId: string }>(sql`
    insert into notifications (workspace_id, id, member_id, kind, key, subject_type, subject_id, actor_id, created_at)
    select ${ctx.workspaceId}::uuid, input.id, input.member_id, input.kind, input.key, input.subject_type, input.subject_id, input.actor_id, ${ctx.now().toISOString()}
    from ${recordset("input", rows, types)}
    join members m on m.workspace_id = ${ctx.workspaceId} and m.id = input.member_id and m.active
    on conflict (workspace_id, member_id, key) do nothing
    returning member_id as "memberId"`)
  return added.map(({ memberId }) => memberId)
}

/** What lies in the bin has no search entry; what the caller can't see is not told. */
function isTold(ctx: Context): Sql {
  const seen = seesNamed(ctx, { type: sql`n.subject_type`, id: sql`n.subject_id`, by: "singular" })
  return sql`exists (select from search_index s where s.workspace_id = n.workspace_id and s.record_id = n.subject_id) ${seen ? sql`and ${seen}` : sql``}`
}

export async function ownNotifications(
  ctx: Context,
  limit: number,
  before: Place | undefined,
): Promise<NotificationRow[]> {
  const after = before
    ? sql`and (created_at, id) < (${before.createdAt}::timestamptz, ${before.id}::uuid)`
    : sql``
  return ctx.tx.rows<NotificationRow>(sql`
    select id, kind, jsonb_build_object('type', subject_type, 'id', subject_id) as subject, actor_id as "actorId",
      created_at as "createdAt", read_at as "readAt"
    from notifications n where workspace_id = ${ctx.workspaceId} and member_id = ${ctx.actor.memberId} and ${isTold(ctx)} ${after}
    order by created_at desc, id desc limit ${limit}`)
}
export async function countUnread(ctx: Context): Promise<number> {
  const row = await ctx.tx.row<{ unread: number }>(sql`
    select count(*) as unread from notifications n
    where workspace_id = ${ctx.workspaceId} and member_id = ${ctx.actor.memberId} and read_at is null and ${isTold(ctx)}`)
  return row?.unread ?? 0
}
/** Marks the caller's own as read; those of others are not touched, whatever ids are given. */
export async function markRead(ctx: Context, ids: readonly string[] | "all"): Promise<void> {
  const wanted = ids === "all" ? sql`true` : sql`id = any (${ids}::uuid[])`
  await ctx.tx.rows(sql`
    update notifications set read_at = ${ctx.now().toISOString()}
    where workspace_id = ${ctx.workspaceId} and member_id = ${ctx.actor.memberId} and read_at is null and ${wanted}`)
}
