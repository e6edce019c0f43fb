import { Checkbox } from "@mantine/core"
import { tasks } from "@regulars/contract/domains/tasks.ts"
import { useLabels, useT } from "../../../../lib/i18n.tsx"
import type { AnyRecord } from "../../../../lib/records.ts"
import { useCan } from "../../../../lib/session.tsx"
import { FieldView } from "../../../../ui/fields/field-view.tsx"
import { DueText } from "../../../tasks/due-text.tsx"
import { useTaskActions } from "../../../tasks/use-task-actions.ts"
import { OwnValuesLine } from "./own-values.tsx"
import styles from "./timeline.module.css"

/** A task on the timeline: ticked off where it stands. */
export function TaskBody({ task, readOnly }: { task: AnyRecord; readOnly: boolean }) {
  const t = useT()
  const labels = useLabels("tasks")
  const mayUpdate = useCan("tasks:update") && !readOnly
  const { setDone } = useTaskActions()
  const done = task.status === "done"
  return (
    <div className={styles.card}>
      <div className={styles.task}>
        <Checkbox
          aria-label={t("tasks.markDone", { title: String(task.title) })}
          checked={done}
          disabled={!mayUpdate}
          onChange={(event) => setDone(task, event.currentTarget.checked)}
        />
        <span className={done ? styles.taskDone : undefined}>{String(task.title)}</span>
      </div>
      <p className={styles.meta}>
        {Boolean(task.dueDate) && (
          <DueText day={String(task.dueDate)} time={task.dueTime as string | null} done={done} />
        )}
        {Boolean(task.assigneeId) && (
          <FieldView
            entity="tasks"
            fieldKey="assigneeId"
            field={tasks.fields.assigneeId}
            value={task.assigneeId}
          />
        )}
        {task.priority === "high" && (
          <span>{`${labels.field("priority")}: ${labels.choice("priority", "high")}`}</span>
        )}
      </p>
      <OwnValuesLine entity="tasks" record={task} />
    </div>
  )
}
