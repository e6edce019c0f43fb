import type { EntityName } from "@regulars/contract/entities.ts"
import { useId } from "react"
import { Link } from "wouter"
import { useFormats, useLabels, useT } from "../../lib/i18n.tsx"
import { recordPath } from "../../ui/fields/record-chip.tsx"
import styles from "./import.module.css"

/** A record an undo left as it is, or some of its fields; `record` among the fields means all of it. */
interface Kept {
  id: string
  entity: EntityName
  name: string
  fields: string[]
}

/** What taking an import back left alone because someone had changed it since; `undo` is the server's account. */
export function KeptList({ undo }: { undo: unknown }) {
  const t = useT()
  const formats = useFormats()
  const headingId = useId()
  const { kept = [], keptCount = 0 } = (undo ?? {}) as { kept?: Kept[]; keptCount?: number }
  if (keptCount === 0) return null
  const unnamed = keptCount - kept.length
  return (
    <section aria-labelledby={headingId}>
      <h3 id={headingId}>{t("import.kept", { count: keptCount, shown: formats.number(keptCount) })}</h3>
      <ul className={styles.rows}>
        {kept.map((one) => (
          <KeptRecord key={one.id} one={one} />
        ))}
        {unnamed > 0 && (
          <li className={styles.row}>{t("import.kept.more", { shown: formats.number(unnamed) })}</li>
        )}
      </ul>
    </section>
  )
}

function KeptRecord({ one: { id, entity, name, fields } }: { one: Kept }) {
  const t = useT()
  const formats = useFormats()
  const labels = useLabels(entity)
  const path = recordPath(entity, id)
  const text = name || labels.one
  return (
    <li className={styles.row}>
      {path ? <Link href={path}>{text}</Link> : <span>{text}</span>}
      <span className={styles.faint}>
        {fields.includes("record")
          ? t("import.kept.whole")
          : t("import.kept.fields", { fields: formats.list(fields.map((field) => labels.field(field))) })}
      </span>
    </li>
  )
}
