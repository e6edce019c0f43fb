import type { EntityName } from "@regulars/contract/entities.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { Link } from "wouter"
import type { ApiError } from "../../../lib/api-error.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { Button } from "../../../ui/button.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { FieldView } from "../../../ui/fields/field-view.tsx"
import { recordPath } from "../../../ui/fields/record-chip.tsx"
import styles from "./left.module.css"

interface TakenValue {
  field: string
  value: unknown
  holder: { id: string; name: string } | null
}
interface TakenDialogProps {
  entity: EntityName
  /** Of the code `value_taken`. */
  error: ApiError
  onRestore: () => void
  onClose: () => void
}
/** The choice when a record can't come back with a value that must be its own: without it, or not at all. */
export function TakenDialog({ entity, error, onRestore, onClose }: TakenDialogProps) {
  const t = useT()
  const labels = useLabels(entity)
  const { fields } = declarationOf(entity)
  const { taken, withoutTaken } = error.details as { taken: TakenValue[]; withoutTaken: boolean }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t("bulk.taken.title")}
      actions={
        <>
          <Button onClick={onClose}>{t("bulk.taken.stay")}</Button>
          {withoutTaken && (
            <Button kind="primary" onClick={onRestore}>
              {t("bulk.taken.without")}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.preview}>
        <p>{t("bulk.taken.text")}</p>
        <ul className={styles.list}>
          {taken.map(({ field, value, holder }) => (
            <li key={field} className={styles.taken}>
              <span>{labels.field(field)}</span>
              <strong>
                <FieldView
                  entity={entity}
                  fieldKey={field}
                  field={fields[field] as Field}
                  value={value}
                  compact
                />
              </strong>
              <Holder entity={entity} holder={holder} onOpen={onClose} />
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
interface HolderProps {
  entity: EntityName
  holder: TakenValue["holder"]
  onOpen: () => void
}
function Holder({ entity, holder, onOpen }: HolderProps) {
  const t = useT()
  if (!holder) return <span>{t("bulk.taken.unseen")}</span>
  const path = recordPath(entity, holder.id)
  const name = holder.name || t("state.unnamed")
  return path ? (
    <Link href={path} onClick={onOpen}>
      {name}
    </Link>
  ) : (
    <span>{name}</span>
  )
}
