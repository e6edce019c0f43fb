import type { EntityName } from "@regulars/contract/entities.ts"
import { type ReactNode, useState } from "react"
import { type ApiError, isApiError } from "../../../lib/api-error.ts"
import { withTexts } from "../../../lib/i18n.tsx"
import { lazyPart } from "../../../lib/lazy-part.tsx"
import { useDeleteRecord } from "../../../lib/records.ts"
import { Later } from "../../../ui/later.tsx"
import { useErrorToast } from "../../../ui/toast.tsx"

const TakenDialog = lazyPart(() => withTexts(() => import("./taken-dialog.tsx"), "bulk"), "TakenDialog")

interface Refused {
  id: string
  error: ApiError
  then: () => void
}
/**
 * Brings records back from the bin. Where another one holds a unique value meanwhile, `dialog` asks what to do; it
 * belongs into the page.
 */
export function useRestore(entity: EntityName) {
  const { restore } = useDeleteRecord(entity)
  const showError = useErrorToast()
  const [refused, setRefused] = useState<Refused | null>(null)
  /** `then` runs once the record is back. */
  function bringBack(id: string, then: () => void, withoutTaken = false) {
    setRefused(null)
    restore.mutateAsync(withoutTaken ? { id, withoutTaken } : id).then(then, (error: unknown) => {
      if (isApiError(error, "value_taken") && !withoutTaken) setRefused({ id, error, then })
      else showError(error)
    })
  }
  const close = () => setRefused(null)
  const dialog: ReactNode = refused && (
    <Later onClose={close}>
      <TakenDialog
        entity={entity}
        error={refused.error}
        onRestore={() => bringBack(refused.id, refused.then, true)}
        onClose={close}
      />
    </Later>
  )
  return { bringBack, isPending: restore.isPending, dialog }
}
