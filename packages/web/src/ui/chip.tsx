import { IconX } from "@tabler/icons-react"
import type { CSSProperties, ReactNode } from "react"
import type { Icon } from "../lib/commands.ts"
import { toneOf } from "../lib/format.ts"
import { useT } from "../lib/i18n.tsx"
import styles from "./chip.module.css"

export type Meaning = "good" | "soon" | "late" | "info" | "accent"
const meanings: Record<Meaning, CSSProperties> = {
  good: colours("--good-soft", "--good"),
  soon: colours("--soon-soft", "--soon"),
  late: colours("--late-soft", "--late"),
  info: colours("--info-soft", "--info"),
  accent: colours("--accent-soft", "--accent-text"),
}
function colours(paper: string, ink: string): CSSProperties {
  return { "--chip": `var(${paper})`, "--chip-ink": `var(${ink})` } as CSSProperties
}
export function toneStyle(text: string): CSSProperties {
  const tone = toneOf(text)
  return colours(`--tone-${tone}`, `--tone-${tone}-ink`)
}

interface ChipProps {
  children: ReactNode
  icon?: Icon
  meaning?: Meaning
  style?: CSSProperties
}
/** A short word with a state. Its colour never stands alone: the word says the same. */
export function Chip({ children, icon: Mark, meaning, style }: ChipProps) {
  return (
    <span className={styles.chip} style={style ?? (meaning && meanings[meaning])}>
      {Mark && <Mark size={13} stroke={1.75} />}
      <span className={styles.text}>{children}</span>
    </span>
  )
}

/** A tag in its own soft tone, always the same for the same word. */
export function TagChip({ tag, onRemove }: { tag: string; onRemove?: () => void }) {
  const t = useT()
  return (
    <span className={styles.chip} style={toneStyle(tag)}>
      <span className={styles.text} title={tag}>
        {tag}
      </span>
      {onRemove && (
        <button
          type="button"
          className={styles.remove}
          aria-label={t("action.removeNamed", { name: tag })}
          onClick={onRemove}
        >
          <IconX size={12} stroke={2} />
        </button>
      )}
    </span>
  )
}
export function ChipRow({ children }: { children: ReactNode }) {
  return <span className={styles.row}>{children}</span>
}
