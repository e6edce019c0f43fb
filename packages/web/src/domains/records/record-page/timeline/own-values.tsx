import { isOwnKey } from "@regulars/contract/kernel/own-fields.ts"
import { useLabels } from "../../../../lib/i18n.tsx"
import { type AnyRecord, declarationOf } from "../../../../lib/records.ts"
import { FieldView } from "../../../../ui/fields/field-view.tsx"
import { isEmptyValue } from "../../../../ui/fields/is-empty.ts"
import type { Composed } from "../../compose/use-compose.ts"
import type { OwnValues } from "../../compose/use-compose-form.ts"
import styles from "./timeline.module.css"

/** What a note, task or activity says in own fields, each with its name. */
export function OwnValuesLine({ entity, record }: { entity: Composed; record: AnyRecord }) {
  const labels = useLabels(entity)
  const filled = Object.entries(declarationOf(entity).fields).filter(
    ([key, field]) => isOwnKey(key) && !field.hidden && !isEmptyValue(record[key]),
  )
  if (filled.length === 0) return null
  return (
    <dl className={styles.own}>
      {filled.map(([key, field]) => (
        <div key={key}>
          <dt>{labels.field(key)}:</dt>
          <dd>
            <FieldView entity={entity} fieldKey={key} field={field} value={record[key]} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Own values as they stand, for a form that changes them. */
export function ownValuesOf(record: AnyRecord): OwnValues {
  return Object.fromEntries(Object.entries(record).filter(([key]) => isOwnKey(key)))
}
/** Those of the values that are others than the record's. */
export function changedValues(record: AnyRecord, values: OwnValues = {}): OwnValues {
  const differs = ([key, value]: [string, unknown]) =>
    JSON.stringify(value ?? null) !== JSON.stringify(record[key] ?? null)
  return Object.fromEntries(Object.entries(values).filter(differs))
}
