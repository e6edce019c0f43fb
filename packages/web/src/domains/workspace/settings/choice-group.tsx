import { useId } from "react"
import type { Icon } from "../../../lib/commands.ts"
import styles from "./settings.module.css"

interface ChoiceGroupProps<T extends string> {
  legend: string
  value: T
  choices: readonly { value: T; label: string; icon?: Icon }[]
  onChange: (value: T) => void
  disabled?: boolean
}
/** One of a few, all in sight: real radio buttons that look like a row of buttons. */
export function ChoiceGroup<T extends string>({
  legend,
  value,
  choices,
  onChange,
  disabled,
}: ChoiceGroupProps<T>) {
  const name = useId()
  return (
    <fieldset className={styles.choices} disabled={disabled}>
      <legend className={styles.legend}>{legend}</legend>
      {choices.map(({ value: choice, label, icon: Mark }) => (
        <label key={choice} className={styles.choice}>
          <input
            type="radio"
            name={name}
            value={choice}
            checked={choice === value}
            onChange={() => onChange(choice)}
          />
          {Mark && <Mark size={16} stroke={1.5} />}
          {label}
        </label>
      ))}
    </fieldset>
  )
}
