import { IconCheck, IconMinus } from "@tabler/icons-react"
import type { MouseEvent } from "react"
import styles from "./board.module.css"

interface TickProps {
  label: string
  checked: boolean | "mixed"
  onClick: (event: MouseEvent) => void
}
/** Selects a card, or all cards of a column. */
export function Tick({ label, checked, onClick }: TickProps) {
  const Mark = checked === "mixed" ? IconMinus : IconCheck
  return (
    // biome-ignore lint/a11y/useSemanticElements: a click says whether Shift was held, a change does not
    <button
      type="button"
      role="checkbox"
      className={styles.tick}
      data-tick=""
      aria-label={label}
      aria-checked={checked}
      onClick={onClick}
    >
      <span className={styles.box}>{checked && <Mark size={12} stroke={3} />}</span>
    </button>
  )
}
