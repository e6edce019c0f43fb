import { isDeepStrictEqual } from "node:util"
import type { DomainParts, EntityRules } from "../../kernel/context.ts"
import { emitEvents, type NewEvent } from "../../kernel/events/emit.ts"
import type { StoredRecord } from "../../kernel/records/columns.ts"
import { moveEvents, subjectsAbout, touch } from "../people/index.ts"
import { assignTask } from "./assign-task.ts"
import { remindJob } from "./reminders.ts"
import { becameDone, prepareTask } from "./tasks.rules.ts"
import { notifyAssignees } from "./tasks.subscribers.ts"

const tasks: EntityRules = {
  prepares: ["status", "priority", "dueDate", "dueTime", "zone", "doneAt"],
  prepare: (values, before, ctx) =>
    prepareTask(values, before, {
      now: ctx.now().toISOString(),
      zone: ctx.timeZone,
      memberId: ctx.actor.memberId,
    }),
  subjects: subjectsAbout,
  async afterWrite(ctx, { kind, records, before, operationId }) {
    if (kind === "update") {
      const moved = records.flatMap((after, index) => {
        const earlier = before[index] as StoredRecord
        return isDeepStrictEqual(after.about, earlier.about) ? [] : [{ before: earlier, after }]
      })
      await moveEvents(ctx, "task", moved, ["task.created", "task.done"])
    }
    const finished = records.filter((task, index) => becameDone(task, before[index]))
    if (finished.length === 0 || (kind !== "create" && kind !== "update")) return
    const subjects = await subjectsAbout(ctx, finished)
    const events = finished.map((task, index): NewEvent => {
      const occurredAt = task.doneAt as string
      const self = { type: "task", id: task.id }
      return {
        type: "task.done",
        occurredAt,
        operationId,
        data: { ids: [task.id] },
        subjects: [self, ...(subjects[index] ?? [])],
      }
    })
    emitEvents(ctx, events)
    await touch(
      ctx,
      events.flatMap((event) =>
        event.subjects.map((subject) => ({ ...subject, occurredAt: event.occurredAt })),
      ),
      ctx.now().toISOString(),
    )
  },
}

export const tasksDomain: DomainParts = {
  rules: { tasks },
  events: ["task.done"],
  subscribers: [notifyAssignees],
  jobs: [remindJob],
  bulkActions: { assignTask },
  schedules: [{ job: "tasks.remind", everyMinutes: 1 }],
}
