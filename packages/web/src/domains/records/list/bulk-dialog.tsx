import type { Field } from "@regulars/contract/kernel/fields.ts"
import { useMemo, useState } from "react"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { Button } from "../../../ui/button.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { FieldInput } from "../../../ui/fields/field-input.tsx"
import { BulkForeseen } from "./bulk-foreseen.tsx"
import styles from "./list-page.module.css"
import { type BulkTarget, type BulkWork, useBulkPreview } from "./use-bulk-preview.ts"

/** Tags to add or remove, or the key of a field to set. */
export type BulkDialogKind = "addTags" | "removeTags" | (string & {})
interface BulkDialogProps {
  target: BulkTarget
  kind: BulkDialogKind
  onApply: (work: BulkWork) => void
  onClose: () => void
}
/** Puts the focus into the field, after the dialog has put it on its first button. */
function focusFirst(form: HTMLFormElement | null): void {
  setTimeout(() => form?.querySelector("input")?.focus(), 60)
}

/** Asks which tags or which value many records shall get. */
export function BulkDialog({ target, kind, onApply, onClose }: BulkDialogProps) {
  const { entity, selected } = target
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
  const work = useMemo(
    (): BulkWork =>
      isTags
        ? { action: kind as "addTags" | "removeTags", input: { tags: value } }
        : { action: "update", input: { values: { [key]: value } } },
    [isTags, kind, key, value],
  )
  const { preview, error } = useBulkPreview(target, ready ? work : null)
  const apply = () => {
    if (ready) onApply(work)
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
            {t("list.bulk.apply", { count: selected.size })}
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
        {ready && <BulkForeseen preview={preview} error={error} />}
      </form>
    </Dialog>
  )
}
