import { type ReactNode, useState } from "react"
import { Link } from "wouter"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { Button } from "../../ui/button.tsx"
import styles from "./today.module.css"

interface SectionProps<L> {
  title: string
  /** How many there are in all; the lines themselves may be fewer. */
  count: number
  lines: readonly L[]
  /** Lines shown before "more". */
  first: number
  /** The list behind the number. */
  href: string
  /** There are more than the lines, even if nobody counted. */
  more?: boolean
  late?: boolean
  children: (line: L) => ReactNode
}
/** A heading with its number and lines; nothing when there are none. */
export function Section<L>(props: SectionProps<L>) {
  const t = useT()
  const formats = useFormats()
  const [whole, setWhole] = useState(false)
  const { lines, first, count, href } = props
  if (lines.length === 0) return null
  const shown = whole ? lines : lines.slice(0, first)
  const number = props.more ? t("today.atLeast", { count: formats.number(count) }) : formats.number(count)
  const beyond = props.more || count > lines.length
  return (
    <section className={styles.section}>
      <h2 className={props.late ? `${styles.heading} ${styles.late}` : styles.heading}>
        {props.title}
        <Link className={styles.count} href={href} aria-label={t("today.openList", { count: number })}>
          {number}
        </Link>
      </h2>
      <ul className={styles.lines}>{shown.map(props.children)}</ul>
      {shown.length < lines.length && (
        <Button kind="subtle" onClick={() => setWhole(true)}>
          {t("today.showMore", { count: lines.length - shown.length })}
        </Button>
      )}
      {shown.length === lines.length && beyond && (
        <Link className={styles.all} href={href}>
          {t("today.all")}
        </Link>
      )}
    </section>
  )
}
