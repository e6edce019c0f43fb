import type { EntityName } from "@regulars/contract/entities.ts"
import { useId } from "react"
import { useFormats, useLabels, useT } from "../../../lib/i18n.tsx"
import { FieldView } from "../../../ui/fields/field-view.tsx"
import type { MergeField } from "./merge-choices.ts"
import styles from "./merge-page.module.css"

interface FieldChoiceProps {
  entity: EntityName
  choice: MergeField
  /** The record whose value was chosen; undefined as long as nobody chose. */
  value: string | null | undefined
  /** How many records are compared. */
  count: number
  nameOf: (id: string) => string
  onChange: (id: string | null) => void
}
/** The values a field can take, side by side. */
export function FieldChoice({ entity, choice, value, count, nameOf, onChange }: FieldChoiceProps) {
  const t = useT()
  const labels = useLabels(entity)
  const formats = useFormats()
  const name = useId()
  const { key, field, options } = choice
  const chosen = options.some(({ id }) => id === value) ? value : options[0]?.id
  return (
    <fieldset className={styles.field}>
      <legend className={styles.legend}>{labels.field(key)}</legend>
      <div className={styles.options} data-count={options.length}>
        {options.map(({ id, value: shown, ids }) => (
          <label key={id ?? "together"} className={styles.option}>
            <input type="radio" name={name} checked={chosen === id} onChange={() => onChange(id)} />
            <span className={styles.value}>
              <span className={styles.shown} inert>
                <FieldView entity={entity} fieldKey={key} field={field} value={shown} />
              </span>
              <span className={styles.faint}>
                {id === null
                  ? t("merge.together")
                  : ids.length === count
                    ? t("merge.all")
                    : formats.list(ids.map(nameOf))}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** Fields in which there is nothing to choose, as they will be. */
export function SettledFields({ entity, fields }: { entity: EntityName; fields: readonly MergeField[] }) {
  const labels = useLabels(entity)
  return (
    <dl className={styles.settled}>
      {fields.map(({ key, field, options }) => (
        <div key={key}>
          <dt>{labels.field(key)}</dt>
          <dd>
            <FieldView entity={entity} fieldKey={key} field={field} value={options[0]?.value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
