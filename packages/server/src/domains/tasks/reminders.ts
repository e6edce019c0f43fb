import type { Context, JobHandler } from "../../kernel/context.ts"
import { addDays, dayIn, instantOf } from "../../kernel/time.ts"
import { notify } from "../notifications/index.ts"
import { type DueTask, tasksDueBetween } from "./tasks.queries.ts"

/** When somebody is reminded of a task that has a date only: at the beginning of their working day. */
const morning = "09:00"
/** What fell due while nothing ran is made up for this many days later; what is older stands under "overdue". */
const daysBack = 7

/** Once for each time a task is due, however often it is looked at: a task put off is due again. */
function reminderKey({ id, dueDate, dueTime }: DueTask): string {
  return `due:${id}:${dueDate}${dueTime === null ? "" : `T${dueTime}`}`
}
export function isDue({ dueDate, dueTime, zone }: DueTask, now: Date): boolean {
  return instantOf(dueDate, dueTime ?? morning, zone) <= now
}

async function remind(ctx: Context): Promise<void> {
  const now = ctx.now()
  const today = dayIn("UTC", now)
  // Zones differ from UTC by less than a day, to either side.
  const tasks = await tasksDueBetween(ctx, addDays(today, -daysBack), addDays(today, 1))
  await notify(
    ctx,
    tasks
      .filter((task) => isDue(task, now))
      .map((task) => ({
        memberId: task.assigneeId,
        kind: "due" as const,
        key: reminderKey(task),
        subject: { type: "task", id: task.id },
        actorId: null,
      })),
  )
}
export const remindJob: JobHandler = { name: "tasks.remind", attempts: 3, handle: (ctx) => remind(ctx) }
