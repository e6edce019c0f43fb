import { notes } from "@regulars/contract/domains/activities.ts"
import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import type { Subscriber } from "../../kernel/context.ts"
import { getRecords } from "../../kernel/records/read.ts"
import { notify } from "../notifications/index.ts"

/** Tells members that a note mentions them: once per note, also when the mention came with a later change. */
export const notifyMentions: Subscriber = {
  name: "activities.notify-mentions",
  events: ["note.created", "note.updated"],
  async handle(ctx, event) {
    const records = await getRecords(ctx, notes, event.data.ids as string[])
    await notify(
      ctx,
      records.flatMap((note) =>
        (note.mentions as RecordReference[])
          .filter(({ id }) => id !== note.createdBy)
          .map(({ id }) => ({
            memberId: id,
            kind: "mention" as const,
            key: `mention:${note.id}`,
            subject: { type: "note", id: note.id },
            actorId: note.createdBy as string | null,
          })),
      ),
    )
  },
}
