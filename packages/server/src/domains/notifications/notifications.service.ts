import type { Notification } from "@regulars/contract/domains/today.endpoints.ts"
import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import type { Context } from "../../kernel/context.ts"
import { newId } from "../../kernel/ids.ts"
import type { StoredRecord } from "../../kernel/records/columns.ts"
import { getRecords, namesOf } from "../../kernel/records/read.ts"
import {
  countUnread,
  insertNotifications,
  markRead,
  type NotificationRow,
  ownNotifications,
  type Place,
} from "./notifications.queries.ts"

export interface NewNotification {
  memberId: string
  kind: NotificationRow["kind"]
  /** A member is told the same thing once: what has this key already is not added again. */
  key: string
  subject: RecordReference
  /** The member whose doing it is, if it is someone's. */
  actorId: string | null
}
/** Tells members something and wakes their screens; members who are not active are left out. */
export async function notify(ctx: Context, notifications: readonly NewNotification[]): Promise<void> {
  if (notifications.length === 0) return
  const rows = notifications.map(({ memberId, kind, key, subject, actorId }) => ({
    id: newId(ctx.now().getTime()),
    member_id: memberId,
    kind,
    key,
    subject_type: subject.type,
    subject_id: subject.id,
    actor_id: actorId,
  }))
  const told = await insertNotifications(ctx, rows)
  ctx.tx.afterCommit(() => {
    for (const memberId of new Set(told))
      ctx.services.live.publish(ctx.workspaceId, { type: "notification", memberId })
  })
}

export const unreadNotifications = countUnread
export const markNotificationsRead = markRead

export interface NotificationPage {
  data: Notification[]
  /** Where the next page begins, absent at the end. */
  next: Place | undefined
}
/**
 * The caller's notifications, newest first, with the records they tell of as these stand now. What lies in the
 * bin, or is not the caller's to read, is left out.
 */
export async function listNotifications(
  ctx: Context,
  limit: number,
  before: Place | undefined,
): Promise<NotificationPage> {
  const rows = await ownNotifications(ctx, limit + 1, before)
  const shown = rows.slice(0, limit)
  const records = await subjectRecords(ctx, shown)
  const names = await namesAround(ctx, shown, [...records.values()])
  const data = shown.flatMap((row): Notification[] => {
    const record = records.get(row.subject.id)
    if (!record) return []
    const about = record.about as RecordReference[]
    const title = String(record.title ?? record.text ?? "").slice(0, 300)
    return [
      {
        id: row.id,
        kind: row.kind,
        createdAt: row.createdAt,
        readAt: row.readAt,
        actor: row.actorId ? { id: row.actorId, name: names.get(row.actorId) ?? null } : null,
        subject: { ...row.subject, title },
        about: about.map((reference) => ({ ...reference, name: names.get(reference.id) ?? null })),
      },
    ]
  })
  return { data, next: rows.length > limit ? shown.at(-1) : undefined }
}

async function subjectRecords(
  ctx: Context,
  rows: readonly NotificationRow[],
): Promise<Map<string, StoredRecord>> {
  const byType = Map.groupBy(rows, (row) => row.subject.type)
  const found = await Promise.all(
    [...byType].map(async ([type, own]) => {
      const entity = ctx.registry.entityOfSubject(type)
      if (!entity || !ctx.permissions.has(`${entity.name}:read`)) return []
      return getRecords(
        ctx,
        entity,
        own.map((row) => row.subject.id),
        { keys: ["id", entity.title, "about"] },
      )
    }),
  )
  return new Map(found.flat().map((record) => [record.id, record]))
}
/** Names of the members who did something and of whom the records are about, by id. */
async function namesAround(
  ctx: Context,
  rows: readonly NotificationRow[],
  records: readonly StoredRecord[],
): Promise<Map<string, string>> {
  const wanted = new Map<string, Set<string>>([
    ["members", new Set(rows.flatMap((row) => row.actorId ?? []))],
  ])
  for (const { type, id } of records.flatMap((record) => record.about as RecordReference[])) {
    const target = ctx.registry.entityOfSubject(type)?.name
    if (target && ctx.permissions.has(`${target}:read`))
      wanted.set(target, (wanted.get(target) ?? new Set()).add(id))
  }
  const byTarget = await namesOf(ctx, wanted)
  return new Map(Object.values(byTarget).flatMap((names) => Object.entries(names)))
}
