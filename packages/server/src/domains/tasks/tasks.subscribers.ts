import type { Subscriber } from "../../kernel/context.ts"
import { notify } from "../notifications/index.ts"
import { assignmentsOf } from "./tasks.queries.ts"

/** Tells members that somebody else gave them a task. */
export const notifyAssignees: Subscriber = {
  name: "tasks.notify-assignees",
  events: ["task.created", "task.updated"],
  async handle(ctx, event) {
    const fields = event.data.fields as string[] | undefined
    if (fields && !fields.includes("assigneeId")) return
    const assignments = await assignmentsOf(ctx, event.id, event.data.ids as string[])
    await notify(
      ctx,
      assignments.map(({ taskId, assigneeId, actorId }) => ({
        memberId: assigneeId,
        kind: "assigned" as const,
        key: `assigned:${taskId}:${event.id}`,
        subject: { type: "task", id: taskId },
        actorId,
      })),
    )
  },
}
