import { IconChevronRight } from "@tabler/icons-react"
import type { ReactNode } from "react"
import { useFormats } from "../../../../lib/i18n.tsx"
import styles from "./panels.module.css"

interface PanelProps {
  title: string
  count?: number
  /** Folded away to begin with. */
  folded?: boolean
  children: ReactNode
}
/** A part beside the timeline that can be folded away. */
export function Panel({ title, count, folded, children }: PanelProps) {
  const formats = useFormats()
  return (
    <details className={styles.panel} open={!folded}>
      <summary className={styles.summary}>
        <IconChevronRight className={styles.chevron} size={16} stroke={1.5} aria-hidden="true" />
        <h2 className={styles.title}>{title}</h2>
        {count !== undefined && count > 0 && <span className={styles.count}>{formats.number(count)}</span>}
      </summary>
      <div className={styles.content}>{children}</div>
    </details>
  )
}
export function PanelEmpty({ children }: { children: ReactNode }) {
  return <p className={styles.empty}>{children}</p>
}
