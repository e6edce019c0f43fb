import type { BulkPreview } from "@regulars/contract/kernel/bulk-endpoints.ts"
import { useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { BulkForeseen } from "./bulk-foreseen.tsx"

interface PartlyDialogProps {
  action: "delete" | "restore"
  preview: BulkPreview
  onApply: () => void
  onClose: () => void
}
/** Shown before a deletion or restore that will not reach everything selected: what it will, and what not. */
export function PartlyDialog({ action, preview, onApply, onClose }: PartlyDialogProps) {
  const t = useT()
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t(`bulk.${action}.title`)}
      actions={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" disabled={preview.changed === 0} onClick={onApply}>
            {t(`bulk.${action}.apply`, { count: preview.changed })}
          </Button>
        </>
      }
    >
      <BulkForeseen preview={preview} error={null} text={`bulk.preview.${action}`} />
    </Dialog>
  )
}
