import { TextInput } from "@mantine/core"
import { todayIn } from "../../lib/format.ts"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { quickDay, quickDays } from "./due.ts"
import styles from "./tasks.module.css"

interface DueInputProps {
  value: string | null
  onChange: (day: string | null) => void
  autoFocus?: boolean
}
/** A due day: by one tap, or any day of the calendar. Choosing the chosen one again empties it. */
export function DueInput({ value, onChange, autoFocus }: DueInputProps) {
  const t = useT()
  const today = todayIn(useFormats().timeZone)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't lie in a line
    <div role="group" aria-label={t("field.tasks.dueDate")} className={styles.due}>
      {quickDays.map((choice, index) => {
        const day = quickDay(choice, today)
        return (
          <button
            key={choice}
            type="button"
            className={styles.quickDay}
            aria-pressed={value === day}
            // biome-ignore lint/a11y/noAutofocus: opened by the reader to choose a day
            autoFocus={autoFocus && index === 0}
            onClick={() => onChange(value === day ? null : day)}
          >
            {t(`tasks.due.${choice}`)}
          </button>
        )
      })}
      <TextInput
        type="date"
        aria-label={t("field.tasks.dueDate")}
        className={styles.date}
        value={value ?? ""}
        onChange={(event) => onChange(event.currentTarget.value || null)}
      />
    </div>
  )
}
