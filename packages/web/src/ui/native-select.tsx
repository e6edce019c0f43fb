import styles from "./native-select.module.css"

interface NativeSelectProps {
  label: string
  /** The whole name, for whoever can't see what stands around it. */
  ariaLabel: string
  value: string
  options: readonly { value: string; label: string }[]
  disabled?: boolean
  /** Shows the label on wide screens as well, where a column's head may say it. */
  always?: boolean
  onChange: (value: string) => void
}
/** The device's own list of a few choices: for tables of many of them, where each must cost little. */
export function NativeSelect({
  label,
  ariaLabel,
  value,
  options,
  disabled,
  always,
  onChange,
}: NativeSelectProps) {
  return (
    <label className={styles.field} data-always={always || undefined}>
      <span className={styles.label}>{label}</span>
      <select
        className={styles.select}
        aria-label={ariaLabel}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}
