import { useId } from "react"
import type { Icon } from "../../../lib/commands.ts"
import styles from "./compose.module.css"

interface ChoiceRowProps<T extends string> {
  /** Accessible name of the group. */
  label: string
  value: T
  choices: readonly { value: T; label: string; icon?: Icon }[]
  onChange: (value: T) => void
}
/** A few choices side by side, of which one holds; arrow keys move between them. */
export function ChoiceRow<T extends string>({ label, value, choices, onChange }: ChoiceRowProps<T>) {
  const name = useId()
  return (
    <fieldset className={styles.choices} aria-label={label}>
      {choices.map(({ value: choice, label: text, icon: Mark }) => (
        <label key={choice} className={styles.choice} data-checked={choice === value || undefined}>
          <input
            type="radio"
            className={styles.radio}
            name={name}
            checked={choice === value}
            onChange={() => onChange(choice)}
          />
          {Mark && <Mark size={16} stroke={1.5} />}
          {text}
        </label>
      ))}
    </fieldset>
  )
}
