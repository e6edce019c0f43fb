import { invalid } from "../../kernel/errors.ts"
import type { StoredRecord, Values } from "../../kernel/records/columns.ts"

export interface Writer {
  /** Now, as an ISO instant. */
  now: string
  /** The zone of whoever writes. */
  zone: string
  memberId: string | null
}

/**
 * Completes what is written to a task: open, of normal priority and its author's own unless said otherwise; a
 * time of day has a date and a zone; `doneAt` follows the status. Throws `validation_failed` on a time alone.
 */
export function prepareTask(values: Values, before: StoredRecord | undefined, writer: Writer): Values {
  const given: Values = before ? { ...values } : { assigneeId: writer.memberId, ...values }
  if (!before || "status" in given) given.status ??= "open"
  if (!before || "priority" in given) given.priority ??= "normal"
  return { ...given, ...dueMoment(given, before, writer.zone), ...doneMoment(given, before, writer.now) }
}

function dueMoment(values: Values, before: StoredRecord | undefined, zone: string): Values {
  const task = { ...before, ...values }
  if (!task.dueTime) return {}
  if (!task.dueDate) {
    if (values.dueTime) throw invalid("dueDate", "required", "a time of day needs a date")
    return { dueTime: null }
  }
  return task.zone ? {} : { zone }
}
function doneMoment(values: Values, before: StoredRecord | undefined, now: string): Values {
  const isDone = { ...before, ...values }.status === "done"
  if (!isDone) return { doneAt: null }
  return before?.status === "done" ? {} : { doneAt: values.doneAt ?? now }
}

/** Whether a write finished the task. */
export function becameDone(after: StoredRecord, before: StoredRecord | undefined): boolean {
  return after.status === "done" && before?.status !== "done"
}
