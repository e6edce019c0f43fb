import type { EntityName } from "@regulars/contract/entities.ts"
import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import { gatherCustom, spreadCustom } from "@regulars/contract/kernel/own-fields.ts"
import { useQueryClient } from "@tanstack/react-query"
import { request } from "../../../lib/api.ts"
import { entityOfSubject } from "../../../lib/declarations.ts"
import { keys } from "../../../lib/query.ts"
import type { AnyRecord } from "../../../lib/records.ts"
import { useSession } from "../../../lib/session.tsx"
import { addToTimeline, refreshTimelines, type TimelineEntry } from "../../../lib/timeline.ts"

export type Composed = "notes" | "tasks" | "activities"
const singular = { notes: "note", tasks: "task", activities: "activity" } as const satisfies Partial<
  Record<EntityName, string>
>

/**
 * Saves a note, task or activity about records: it stands on their timelines at once and is taken away again
 * when the server refuses. Rejects with the error; what was typed is the caller's to keep.
 */
export function useCompose(entity: Composed) {
  const client = useQueryClient()
  const { member } = useSession()
  return async (values: Record<string, unknown> & { about: RecordReference[] }): Promise<AnyRecord> => {
    const subjects = values.about.flatMap((reference) => {
      const name = entityOfSubject(reference.type)?.name
      return name ? [{ ...reference, entity: name }] : []
    })
    const now = new Date().toISOString()
    const id = `pending:${crypto.randomUUID()}`
    const entry: TimelineEntry = {
      id,
      type: `${singular[entity]}.created`,
      occurredAt: typeof values.occurredAt === "string" ? values.occurredAt : now,
      actor: { type: "member", id: member?.id ?? null, name: member?.name ?? null },
      subjects: subjects.map(({ type, id: subjectId }) => ({ type, id: subjectId, name: null })),
      summary: `event.${singular[entity]}.created`,
      data: { record: { ...values, id, status: values.status ?? "open" }, pending: true },
    }
    const undo = subjects.map((subject) => addToTimeline(client, subject, entry))
    try {
      const answer = (await request(`POST /${entity}`, { body: gatherCustom(values) })) as { data: AnyRecord }
      client.invalidateQueries({ queryKey: keys.lists(entity) })
      for (const subject of subjects)
        client.invalidateQueries({ queryKey: keys.one(subject.entity, subject.id) })
      await refreshTimelines(client)
      return spreadCustom(answer.data) as AnyRecord
    } catch (error) {
      for (const takeAway of undo) takeAway()
      throw error
    }
  }
}
