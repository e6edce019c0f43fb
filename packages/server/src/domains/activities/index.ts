import { isDeepStrictEqual } from "node:util"
import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import type { Context, DomainParts, EntityRules } from "../../kernel/context.ts"
import type { StoredRecord } from "../../kernel/records/columns.ts"
import { moveEvents, subjectsAbout, touch } from "../people/index.ts"
import { prepareNote } from "./activities.rules.ts"
import { notifyMentions } from "./activities.subscribers.ts"

/** Notes and activities differ in when they happened: when written, and when they say. */
function rulesOf(singular: string, timeOf: (record: StoredRecord) => string): EntityRules {
  return {
    subjects: subjectsAbout,
    occurredAt: timeOf,
    async afterWrite(ctx, { kind, records, before }) {
      if (kind === "create") await touchAbout(ctx, records, timeOf)
      if (kind !== "update") return
      const moved = records.flatMap((after, index) => {
        const earlier = before[index] as StoredRecord
        const time = timeOf(after) === timeOf(earlier) ? {} : { occurredAt: timeOf(after) }
        const isSame = isDeepStrictEqual(after.about, earlier.about) && !("occurredAt" in time)
        return isSame ? [] : [{ before: earlier, after, ...time }]
      })
      await moveEvents(ctx, singular, moved, [`${singular}.created`])
      await touchAbout(
        ctx,
        moved.map(({ after }) => after),
        timeOf,
      )
    },
  }
}
async function touchAbout(
  ctx: Context,
  records: readonly StoredRecord[],
  timeOf: (record: StoredRecord) => string,
): Promise<void> {
  const contacts = records.flatMap((record) =>
    (record.about as RecordReference[]).map((one) => ({ ...one, occurredAt: timeOf(record) })),
  )
  await touch(ctx, contacts, ctx.now().toISOString())
}

const notes: EntityRules = {
  ...rulesOf("note", (note) => note.createdAt as string),
  prepare: (values, before) => prepareNote(values, before),
  prepares: ["text", "body"],
}
const activities = rulesOf("activity", (activity) => activity.occurredAt as string)

export const activitiesDomain: DomainParts = { rules: { notes, activities }, subscribers: [notifyMentions] }
