import { Checkbox, TextInput } from "@mantine/core"
import { IconAlertTriangle, IconArrowsDiagonal, IconCalendar, IconTrash, IconUser } from "@tabler/icons-react"
import { type KeyboardEvent, useRef } from "react"
import { useLabels, useT } from "../../lib/i18n.tsx"
import { useNameOf } from "../../lib/names.ts"
import { useCan } from "../../lib/session.tsx"
import { IconButton } from "../../ui/button.tsx"
import { Chip } from "../../ui/chip.tsx"
import { RelativeTime } from "../../ui/display.tsx"
import { LinkInput } from "../../ui/fields/link-input.tsx"
import { RecordChip } from "../../ui/fields/record-chip.tsx"
import { useEditing } from "../../ui/fields/use-editing.ts"
import { useErrorToast } from "../../ui/toast.tsx"
import { DueInput } from "./due-input.tsx"
import { DueText } from "./due-text.tsx"
import { Floating } from "./floating.tsx"
import styles from "./tasks.module.css"
import { useTaskActions } from "./use-task-actions.ts"
import type { Task } from "./use-tasks.ts"

interface TaskRowProps {
  task: Task
  showAssignee: boolean
  /** Shows everything about the task. */
  onOpen: () => void
}
/** One task: its tick, its title, when, who and about whom; all of it changed where it stands. */
export function TaskRow({ task, showAssignee, onOpen }: TaskRowProps) {
  const t = useT()
  const labels = useLabels("tasks")
  const mayUpdate = useCan("tasks:update")
  const mayDelete = useCan("tasks:delete")
  const { setDone, removeTask } = useTaskActions()
  const row = useRef<HTMLLIElement>(null)
  const done = task.status === "done"
  function toggle() {
    if (!mayUpdate) return
    // The row is about to leave: the next one takes the focus, so that one key after the other works.
    const list = row.current?.closest("section")?.parentElement
    const rows = [...(list?.querySelectorAll<HTMLElement>("[data-task]") ?? [])]
    const index = rows.indexOf(row.current as HTMLElement)
    if (row.current?.contains(document.activeElement)) (rows[index + 1] ?? rows[index - 1])?.focus()
    setDone(task, !done)
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.target !== event.currentTarget) return
    if (event.key === " ") toggle()
    else if (event.key === "Enter") onOpen()
    else if (event.key === "Delete" && mayDelete) removeTask(task)
    else return
    event.preventDefault()
  }
  return (
    <li
      ref={row}
      data-task={task.id}
      tabIndex={-1}
      className={styles.row}
      onKeyDown={onKeyDown}
      aria-label={task.title}
    >
      <Checkbox
        data-task-done=""
        className={styles.tick}
        aria-label={t("tasks.markDone", { title: task.title })}
        checked={done}
        disabled={!mayUpdate}
        onChange={toggle}
      />
      <div className={styles.main}>
        <Title task={task} done={done} readOnly={!mayUpdate} row={row.current} />
        <div className={styles.meta}>
          {task.priority === "high" && (
            <Chip meaning="late" icon={IconAlertTriangle}>
              {labels.choice("priority", "high")}
            </Chip>
          )}
          {task.about.slice(0, 3).map((reference) => (
            <RecordChip key={reference.id} reference={reference} />
          ))}
        </div>
      </div>
      <div className={styles.controls}>
        {done && task.doneAt ? <RelativeTime at={task.doneAt} /> : <Due task={task} readOnly={!mayUpdate} />}
        <Assignee task={task} named={showAssignee} readOnly={!mayUpdate} />
        <span className={styles.open}>
          <IconButton
            size={28}
            icon={IconArrowsDiagonal}
            label={t("tasks.open", { title: task.title })}
            onClick={onOpen}
          />
        </span>
        {mayDelete && (
          <span className={styles.remove}>
            <IconButton
              size={28}
              icon={IconTrash}
              label={t("tasks.delete", { title: task.title })}
              onClick={() => removeTask(task)}
            />
          </span>
        )}
      </div>
    </li>
  )
}

interface TitleProps {
  task: Task
  done: boolean
  readOnly: boolean
  row: HTMLElement | null
}
function Title({ task, done, readOnly, row }: TitleProps) {
  const t = useT()
  const { change } = useTaskActions()
  const save = (title: unknown, version?: number) => change({ ...task, version }, { title })
  const { id, version } = task
  const editing = useEditing(task.title, save, { draftKey: `tasks.${id}.title`, version })
  if (!editing.open || readOnly)
    return (
      <button
        type="button"
        data-task-title=""
        className={done ? `${styles.title} ${styles.done}` : styles.title}
        disabled={readOnly}
        title={readOnly ? undefined : t("action.editNamed", { name: t("field.tasks.title") })}
        onClick={editing.start}
      >
        {task.title}
      </button>
    )
  const text = String(editing.value ?? "")
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") editing.cancel()
    else if (event.key !== "Enter" || event.nativeEvent.isComposing || !editing.commit()) return
    event.preventDefault()
    event.stopPropagation()
    requestAnimationFrame(() => row?.focus())
  }
  return (
    <TextInput
      aria-label={t("field.tasks.title")}
      value={text}
      maxLength={500}
      autoFocus
      error={editing.reason ?? (editing.shownProblem && t("fieldError.required"))}
      onFocus={(event) => event.currentTarget.select()}
      onChange={({ currentTarget: { value } }) =>
        editing.change(value, value.trim() === "" ? "required" : undefined)
      }
      onKeyDown={onKeyDown}
      onBlur={() => document.hasFocus() && !editing.failed && editing.commit()}
    />
  )
}

function Due({ task, readOnly }: { task: Task; readOnly: boolean }) {
  const t = useT()
  const { change } = useTaskActions()
  const showError = useErrorToast()
  const shown = task.dueDate ? (
    <DueText day={task.dueDate} time={task.dueTime} />
  ) : (
    <IconCalendar size={16} stroke={1.5} aria-hidden="true" />
  )
  if (readOnly) return task.dueDate ? shown : null
  return (
    <Floating name="due" label={t("tasks.changeDue", { title: task.title })} shown={shown}>
      {(close) => (
        <DueInput
          value={task.dueDate}
          autoFocus
          onChange={(dueDate) => {
            change(task, { dueDate }).catch(showError)
            close()
          }}
        />
      )}
    </Floating>
  )
}

interface AssigneeProps {
  task: Task
  named: boolean
  readOnly: boolean
}
function Assignee({ task, named, readOnly }: AssigneeProps) {
  const t = useT()
  const { change } = useTaskActions()
  const showError = useErrorToast()
  const name = useNameOf("members", task.assigneeId)
  const shown =
    named && name ? <span className={styles.who}>{name}</span> : <IconUser size={16} stroke={1.5} />
  if (readOnly) return named ? <span className={styles.who}>{name}</span> : null
  return (
    <Floating
      name="assignee"
      label={t("tasks.changeAssignee", { title: task.title, name: name ?? t("state.none") })}
      shown={shown}
    >
      {(close) => (
        <LinkInput
          target="members"
          value={task.assigneeId}
          ariaLabel={t("field.tasks.assigneeId")}
          autoFocus
          onChange={(assigneeId) => {
            change(task, { assigneeId }).catch(showError)
            close()
          }}
        />
      )}
    </Floating>
  )
}
