import type { Operation } from "@regulars/contract/domains/general.endpoints.ts"
import { isEntityName } from "@regulars/contract/entities.ts"
import { entityLabel, fieldLabel } from "@regulars/locales/labels.ts"
import { Link } from "wouter"
import { namedEntity } from "../../../lib/declarations.ts"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { recordPath } from "../../../ui/fields/record-chip.tsx"
import styles from "./settings.module.css"

interface StayedRecord {
  id: string
  entity: string
  name: string
  fields: string[]
}
const texts = { unmerge: "settings.activity.stayed", merge: "settings.activity.left" } as const
/**
 * What an undone merge left with the record that was kept, and what could not be merged with others, for somebody to
 * decide about.
 */
export function Stayed({ operation }: { operation: Operation }) {
  const t = useT()
  const formats = useFormats()
  const { kind } = operation
  if (kind !== "unmerge" && kind !== "merge") return null
  const { kept = [], arrived = [] } = operation.summary as { kept?: StayedRecord[]; arrived?: StayedRecord[] }
  if (kept.length + arrived.length === 0) return null
  return (
    <div className={styles.sub}>
      {t(texts[kind])}
      <ul>
        {[...kept, ...arrived].map(({ id, entity, name, fields }) => {
          const path = isEntityName(entity) ? recordPath(entity, id) : undefined
          const text = name || entityLabel(t, namedEntity(entity), "one")
          const what = fields.map((key) => fieldLabel(t, entity, key))
          return (
            <li key={`${entity} ${id}`}>
              {entityLabel(t, namedEntity(entity), "one")}: {path ? <Link href={path}>{text}</Link> : text}
              {what.length > 0 && ` (${formats.list(what)})`}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
