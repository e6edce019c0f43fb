import type { EntityName } from "@regulars/contract/entities.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { useState } from "react"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { Button } from "../../../ui/button.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { FieldInput } from "../../../ui/fields/field-input.tsx"
import styles from "./list-page.module.css"
import type { BulkWork } from "./use-bulk.ts"

/** Tags to add or remove, or the key of a field to set. */
export type BulkDialogKind = "addTags" | "removeTags" | (string & {})
interface BulkDialogProps {
  entity: EntityName
  kind: BulkDialogKind
  count: number
  onApply: (work: BulkWork) => void
  onClose: () => void
}
/** Puts the focus into the field, after the dialog has put it on its first button. */
function focusFirst(form: HTMLFormElement | null): void {
  setTimeout(() => form?.querySelector("input")?.focus(), 60)
}

/** Asks which tags or which value many records shall get. */
export function BulkDialog({ entity, kind, count, onApply, onClose }: BulkDialogProps) {
  const t = useT()
  const labels = useLabels(entity)
  const isTags = kind === "addTags" || kind === "removeTags"
  const key = isTags ? "tags" : kind
  const field = declarationOf(entity).fields[key] as Field
  const [value, setValue] = useState<unknown>(isTags ? [] : null)
  const [touched, setTouched] = useState(false)
  const title =
    kind === "addTags"
      ? t("list.bulk.addTag")
      : kind === "removeTags"
        ? t("list.bulk.removeTag")
        : t("list.bulk.set", { field: labels.field(key) })
  const ready = isTags ? (value as string[]).length > 0 : touched
  function apply() {
    if (!ready) return
    onApply(
      isTags
        ? { action: kind as "addTags" | "removeTags", input: { tags: value } }
        : { action: "update", input: { values: { [key]: value } } },
    )
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      width={420}
      actions={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" disabled={!ready} onClick={apply}>
            {t("list.bulk.apply", { count })}
          </Button>
        </>
      }
    >
      <form
        ref={focusFirst}
        className={styles.bulkForm}
        onSubmit={(event) => {
          event.preventDefault()
          apply()
        }}
      >
        <FieldInput
          entity={entity}
          fieldKey={key}
          field={field}
          value={value}
          ariaLabel={labels.field(key)}
          onChange={(next) => {
            setValue(next)
            setTouched(true)
          }}
        />
      </form>
    </Dialog>
  )
}
