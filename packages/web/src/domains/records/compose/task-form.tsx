import { TextInput } from "@mantine/core"
import { tasks } from "@regulars/contract/domains/tasks.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { useSession } from "../../../lib/session.tsx"
import { LinkInput } from "../../../ui/fields/link-input.tsx"
import { DueInput } from "../../tasks/due-input.tsx"
import { ChoiceRow } from "./choice-row.tsx"
import styles from "./compose.module.css"
import { ComposeFrame } from "./compose-frame.tsx"
import { type ComposedValues, type ComposeProps, useComposeForm } from "./use-compose-form.ts"

export interface TaskValues extends ComposedValues {
  title: string
  dueDate: string | null
  dueTime: string | null
  /** Undefined until someone is chosen: the writer. */
  assigneeId?: string | null
  priority: string
}
const empty: TaskValues = {
  title: "",
  dueDate: null,
  dueTime: null,
  assigneeId: undefined,
  priority: "normal",
}

/** Plans something to do, for oneself unless somebody else is chosen. */
export function TaskForm(props: ComposeProps) {
  const t = useT()
  const labels = useLabels("tasks")
  const { member } = useSession()
  const form = useComposeForm("tasks", empty, props)
  const { title, dueDate, dueTime, assigneeId = member?.id ?? null, priority } = form.values
  const ready = title.trim() !== ""
  const save = () => {
    if (ready)
      form.save({ title: title.trim(), dueDate, dueTime: dueDate ? dueTime : null, assigneeId, priority })
  }
  return (
    <ComposeFrame form={form} props={props} save={save} action={t("record.task.save")} ready={ready}>
      <TextInput
        aria-label={labels.field("title")}
        placeholder={t("record.task.placeholder")}
        value={title}
        maxLength={500}
        error={form.faultOf("title")}
        autoFocus={props.autoFocus}
        // A dialog looks for this when it takes the focus.
        data-autofocus={props.autoFocus || undefined}
        autoComplete="off"
        onChange={(event) => form.change({ title: event.currentTarget.value })}
      />
      <div className={styles.line}>
        <DueInput value={dueDate} onChange={(day) => form.change({ dueDate: day })} />
        {dueDate && (
          <TextInput
            type="time"
            className={styles.time}
            aria-label={labels.field("dueTime")}
            value={dueTime ?? ""}
            onChange={(event) => form.change({ dueTime: event.currentTarget.value || null })}
          />
        )}
      </div>
      <div className={styles.line}>
        <div className={styles.person}>
          <LinkInput
            target="members"
            ariaLabel={labels.field("assigneeId")}
            placeholder={labels.field("assigneeId")}
            value={assigneeId}
            onChange={(id) => form.change({ assigneeId: id })}
          />
        </div>
        <ChoiceRow
          label={labels.field("priority")}
          value={priority}
          choices={tasks.fields.priority.choices.map((value) => ({
            value,
            label: labels.choice("priority", value),
          }))}
          onChange={(next) => form.change({ priority: next })}
        />
      </div>
    </ComposeFrame>
  )
}
