import { Checkbox, TextInput } from "@mantine/core"
import type { EntityName } from "@regulars/contract/entities.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import { useState } from "react"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { Button } from "../../../ui/button.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { MoveButtons } from "../../../ui/move-buttons.tsx"
import { type Column, moveColumn, possibleColumns } from "./columns.ts"
import styles from "./list-page.module.css"

interface ColumnChooserProps {
  entity: EntityName
  columns: readonly Column[]
  isDefault: boolean
  onChange: (keys: string[] | null) => void
  onClose: () => void
}
/** Which columns the list shows and in which order; every change shows at once. */
export function ColumnChooser({ entity, columns, isDefault, onChange, onClose }: ColumnChooserProps) {
  const t = useT()
  const labels = useLabels(entity)
  const { title, ...declaration } = declarationOf(entity)
  const [wanted, setWanted] = useState("")
  const shown = columns.map((column) => column.key)
  const rest = possibleColumns({ title, ...declaration }).filter((key) => !shown.includes(key))
  const fits = (key: string) => fold(labels.field(key)).includes(fold(wanted))
  const put = (key: string, on: boolean) =>
    onChange(on ? [...shown, key] : shown.filter((other) => other !== key))
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t("list.columns")}
      width={380}
      actions={
        <>
          {!isDefault && (
            <Button kind="subtle" onClick={() => onChange(null)}>
              {t("list.columns.reset")}
            </Button>
          )}
          <Button kind="primary" onClick={onClose}>
            {t("action.done")}
          </Button>
        </>
      }
    >
      <TextInput
        aria-label={t("list.columns.find")}
        placeholder={t("list.columns.find")}
        value={wanted}
        data-autofocus
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      <div className={styles.columnPanel}>
        {shown.filter(fits).map((key) => (
          <div key={key} className={styles.columnLine}>
            <Checkbox
              checked
              disabled={key === title}
              label={labels.field(key)}
              onChange={() => put(key, false)}
            />
            <MoveButtons
              size={26}
              up={t("list.columns.up", { field: labels.field(key) })}
              down={t("list.columns.down", { field: labels.field(key) })}
              isFirst={shown.indexOf(key) < 2}
              isLast={key === title || key === shown.at(-1)}
              onMove={(step) => onChange(moveColumn(shown, key, step))}
            />
          </div>
        ))}
        <div className={styles.columnRest}>
          {rest.filter(fits).map((key) => (
            <div key={key} className={styles.columnLine}>
              <Checkbox checked={false} label={labels.field(key)} onChange={() => put(key, true)} />
            </div>
          ))}
        </div>
      </div>
    </Dialog>
  )
}
