import type { EntityName } from "@regulars/contract/entities.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { useId } from "react"
import type { Conflict } from "../../../lib/conflicts.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { Button } from "../../../ui/button.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { FieldView, isEmptyValue } from "../../../ui/fields/field-view.tsx"
import { shownChanges } from "../record-page/timeline/changes.ts"
import styles from "./conflict.module.css"

/** Both values of a field two people changed at once, and the choice between them. Esc leaves it open. */
export function ConflictDialog({ conflict }: { conflict: Conflict }) {
  const t = useT()
  const entity = conflict.entity as EntityName
  const labels = useLabels(entity)
  const changes = conflict.clashes.map(({ field, theirs, yours }) => ({ field, from: theirs, to: yours }))
  return (
    <Dialog
      opened
      onClose={() => conflict.choose("undecided")}
      title={t("record.conflict.title")}
      width={560}
      actions={
        <>
          <Button onClick={() => conflict.choose("theirs")}>{t("record.conflict.keepTheirs")}</Button>
          <Button kind="primary" onClick={() => conflict.choose("mine")}>
            {t("record.conflict.useMine")}
          </Button>
        </>
      }
    >
      <p>{t("record.conflict.text")}</p>
      {shownChanges(declarationOf(entity), changes).map(({ field, declared, from, to }) => (
        <section key={field} className={styles.field} aria-label={labels.field(field)}>
          <h3 className={styles.name}>{labels.field(field)}</h3>
          <Value {...{ entity, field, declared }} label={t("record.conflict.theirs")} value={from} />
          <Value {...{ entity, field, declared }} label={t("record.conflict.mine")} value={to} />
        </section>
      ))}
    </Dialog>
  )
}

interface ValueProps {
  entity: EntityName
  field: string
  declared: Field
  label: string
  value: unknown
}
function Value({ entity, field, declared, label, value }: ValueProps) {
  const t = useT()
  const labelId = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for inputs
    <div role="group" aria-labelledby={labelId}>
      <span id={labelId} className={styles.whose}>
        {label}
      </span>
      <div className={styles.value}>
        {isEmptyValue(value) ? (
          t("state.empty")
        ) : (
          <FieldView entity={entity} fieldKey={field} field={declared} value={value} />
        )}
      </div>
    </div>
  )
}
