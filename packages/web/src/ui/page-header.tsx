import type { ReactNode } from "react"
import { usePageTitle } from "../lib/page-title.ts"
import styles from "./page-header.module.css"

/** The page's name with its actions; also what the browser tab is called. */
export function PageHeader({
  title,
  sub,
  children,
}: {
  title: string
  /** A count or a short sentence below the title. */
  sub?: ReactNode
  /** Actions, the primary one last. */
  children?: ReactNode
}) {
  usePageTitle(title)
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        <h1 className={styles.title}>{title}</h1>
        {sub && <div className={styles.sub}>{sub}</div>}
      </div>
      {children && <div className={styles.actions}>{children}</div>}
    </header>
  )
}
