import { IconAlertTriangle } from "@tabler/icons-react"
import { formatTime, todayIn } from "../../lib/format.ts"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { DayText } from "../../ui/display.tsx"
import styles from "./tasks.module.css"

/** When a task is due; what is late says so by a sign and a word as well as by its colour. */
export function DueText({ day, time, done }: { day: string; time?: string | null; done?: boolean }) {
  const t = useT()
  const formats = useFormats()
  const late = !done && day < todayIn(formats.timeZone)
  return (
    <span className={late ? `${styles.dueText} ${styles.late}` : styles.dueText}>
      {late && <IconAlertTriangle size={13} stroke={1.75} aria-label={t("tasks.group.overdue")} />}
      <DayText day={day} />
      {time && ` ${formatTime(time, formats)}`}
    </span>
  )
}
