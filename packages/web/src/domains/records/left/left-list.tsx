import type { LeftAlone } from "@regulars/contract/kernel/bulk-endpoints.ts"
import { entityLabel, fieldLabel } from "@regulars/locales/labels.ts"
import { useId } from "react"
import { Link } from "wouter"
import { namedEntity } from "../../../lib/declarations.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { recordPath } from "../../../ui/fields/record-chip.tsx"
import styles from "./left.module.css"

interface LeftListProps {
  /** What it says about them all. */
  heading: string
  left: readonly LeftAlone[]
  /** How many there are; not all of them are named. */
  count: number
  /** Only the heading is shown until somebody asks for the others, where they are more than a few. */
  folds?: boolean
}
/** So many are shown at once. */
const few = 3
/** Records that work on many left, or would leave, as they are: which, what of them, and why. Needs the texts `bulk`. */
export function LeftList({ heading, left, count, folds }: LeftListProps) {
  const t = useT()
  const formats = useFormats()
  const headingId = useId()
  if (count === 0) return null
  const unnamed = count - new Set(left.map(({ id }) => id)).size
  const title = (
    <h3 id={headingId} className={styles.heading}>
      {heading}
    </h3>
  )
  const list = (
    <ul className={styles.list}>
      {left.map((one) => (
        <LeftLine key={`${one.entity} ${one.id} ${one.reason}`} one={one} />
      ))}
      {unnamed > 0 && <li>{t("bulk.left.more", { shown: formats.number(unnamed) })}</li>}
    </ul>
  )
  return (
    <section aria-labelledby={headingId} className={styles.left}>
      {folds && left.length > few ? (
        <details>
          <summary className={styles.summary}>{title}</summary>
          {list}
        </details>
      ) : (
        <>
          {title}
          {list}
        </>
      )}
    </section>
  )
}

function LeftLine({ one: { id, entity, name, fields, reason } }: { one: LeftAlone }) {
  const t = useT()
  const formats = useFormats()
  const declared = namedEntity(entity)
  const path = recordPath(entity, id)
  const text = name || entityLabel(t, declared, "one")
  const named = fields.filter((key) => key !== "record").map((key) => fieldLabel(t, declared, key))
  const why = reason && (t.find(`fieldError.${reason}`) ?? t.find(`error.${reason}`))
  return (
    <li>
      {path ? <Link href={path}>{text}</Link> : <span>{text}</span>}{" "}
      <span className={styles.why}>
        {[formats.list(named), why].filter((part) => part !== undefined && part !== "").join(": ")}
      </span>
    </li>
  )
}
