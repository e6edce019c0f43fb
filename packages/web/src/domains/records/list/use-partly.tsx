import type { BulkPreview } from "@regulars/contract/kernel/bulk-endpoints.ts"
import { type ReactNode, useState } from "react"
import { useErrorToast } from "../../../ui/toast.tsx"
import { PartlyDialog } from "./partly-dialog.tsx"
import { type BulkTarget, type BulkWork, fetchBulkPreview } from "./use-bulk-preview.ts"

/** Deletes or restores what is selected at once, and asks first only where it will not reach everything. */
export function usePartly(target: BulkTarget, run: (work: BulkWork) => void) {
  const showError = useErrorToast()
  const [asked, setAsked] = useState<{ action: "delete" | "restore"; preview: BulkPreview } | null>(null)
  const close = () => setAsked(null)
  async function look(action: "delete" | "restore") {
    const preview = await fetchBulkPreview(target, { action })
    if (preview.refusedCount > 0) setAsked({ action, preview })
    else run({ action })
  }
  const dialog: ReactNode = asked && (
    <PartlyDialog
      {...asked}
      onClose={close}
      onApply={() => {
        close()
        run({ action: asked.action })
      }}
    />
  )
  return { start: (action: "delete" | "restore") => look(action).catch(showError), dialog }
}
