import type { TodayTask } from "@regulars/contract/domains/today.endpoints.ts"
import { IconAlertTriangle, IconCalendar, IconFlag } from "@tabler/icons-react"
import { Fragment } from "react"
import { Link } from "wouter"
import { entityOfSubject } from "../../lib/declarations.ts"
import { formatTime } from "../../lib/format.ts"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { useCan } from "../../lib/session.tsx"
import { Chip } from "../../ui/chip.tsx"
import { DayText } from "../../ui/display.tsx"
import { DueInput } from "../tasks/due-input.tsx"
import { Floating } from "../tasks/floating.tsx"
import styles from "./today.module.css"

interface TaskLineProps {
  task: TodayTask
  late: boolean
  onTick: (task: TodayTask) => void
  onPlan: (task: TodayTask, dueDate: string | null) => void
}
/** A task with its tick, whom it is about and when it is due, which can be put to another day. */
export function TaskLine({ task, late, onTick, onPlan }: TaskLineProps) {
  const t = useT()
  const formats = useFormats()
  const mayChange = useCan("tasks:update")
  return (
    <li className={styles.line}>
      {mayChange && (
        <button
          type="button"
          className={styles.tick}
          data-done
          aria-label={t("today.tick", { title: task.title })}
          title={t("action.done")}
          onClick={() => onTick(task)}
        />
      )}
      <div className={styles.words}>
        <Link className={styles.name} href={`/tasks?p=${task.id}`} data-line>
          {task.title}
        </Link>
        <div className={styles.reason}>
          {task.dueDate && (
            <span className={late ? styles.late : undefined}>
              {late && <IconAlertTriangle size={13} stroke={1.75} aria-hidden="true" />}
              {late && `${t("today.due")} `}
              <DayText day={task.dueDate} />
              {task.dueTime && ` ${formatTime(task.dueTime, formats)}`}
            </span>
          )}
          {task.about.map((about, index) => (
            <Fragment key={about.id}>
              {(index > 0 || task.dueDate) && <span aria-hidden="true">·</span>}
              <Link href={`/${entityOfSubject(about.type)?.name ?? about.type}/${about.id}`}>
                {about.name ?? t("state.unnamed")}
              </Link>
            </Fragment>
          ))}
        </div>
      </div>
      {task.priority === "high" && (
        <Chip icon={IconFlag} meaning="soon">
          {t("today.important")}
        </Chip>
      )}
      {mayChange && (
        <Floating
          name="due"
          label={t("tasks.changeDue", { title: task.title })}
          shown={<IconCalendar size={18} stroke={1.5} aria-hidden="true" />}
        >
          {(close) => (
            <DueInput
              value={task.dueDate}
              autoFocus
              onChange={(dueDate) => {
                close()
                onPlan(task, dueDate)
              }}
            />
          )}
        </Floating>
      )}
    </li>
  )
}
