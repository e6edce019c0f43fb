import { VisuallyHidden } from "@mantine/core"
import type { EntityName } from "@regulars/contract/entities.ts"
import { useLabels, useT } from "../../../../lib/i18n.tsx"
import { FieldView, isEmptyValue } from "../../../../ui/fields/field-view.tsx"
import type { ShownChange } from "./changes.ts"
import styles from "./timeline.module.css"

/** What changed, field by field: "Lifecycle: Lead → Customer". */
export function ChangeList({ entity, changes }: { entity: EntityName; changes: readonly ShownChange[] }) {
  const labels = useLabels(entity)
  return (
    <ul className={styles.changes}>
      {changes.map((change) => (
        <li key={change.field} className={styles.change}>
          <span className={styles.changeLabel}>{labels.field(change.field)}:</span>
          {change.kind === "entries" ? (
            <Entries entity={entity} change={change} />
          ) : (
            <Values entity={entity} change={change} />
          )}
        </li>
      ))}
    </ul>
  )
}

interface PartProps<K extends ShownChange["kind"]> {
  entity: EntityName
  change: Extract<ShownChange, { kind: K }>
}
function Values({ entity, change }: PartProps<"value">) {
  const t = useT()
  const show = (value: unknown) =>
    isEmptyValue(value) ? (
      <span className={styles.nothing}>{t("state.empty")}</span>
    ) : (
      <FieldView entity={entity} fieldKey={change.field} field={change.declared} value={value} compact />
    )
  return (
    <>
      {!isEmptyValue(change.from) && (
        <>
          <span className={styles.value}>{show(change.from)}</span>
          <span aria-hidden="true">→</span>
          <VisuallyHidden>{t("record.change.to")}</VisuallyHidden>
        </>
      )}
      <span className={styles.value}>{show(change.to)}</span>
    </>
  )
}
function Entries({ entity, change }: PartProps<"entries">) {
  const t = useT()
  const show = (entry: unknown) => (
    <FieldView entity={entity} fieldKey={change.field} field={change.declared} value={[entry]} compact />
  )
  return (
    <>
      {change.removed.map((entry) => (
        <del key={JSON.stringify(entry)} className={styles.removed}>
          <VisuallyHidden>{t("record.change.removed")}</VisuallyHidden>
          {show(entry)}
        </del>
      ))}
      {change.added.map((entry) => (
        <ins key={JSON.stringify(entry)} className={styles.added}>
          <VisuallyHidden>{t("record.change.added")}</VisuallyHidden>
          {show(entry)}
        </ins>
      ))}
    </>
  )
}
