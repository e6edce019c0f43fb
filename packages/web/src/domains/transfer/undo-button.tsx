import type { Import } from "@regulars/contract/domains/transfer.endpoints.ts"
import { IconArrowBackUp } from "@tabler/icons-react"
import { useT } from "../../lib/i18n.tsx"
import { useCan } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import { useErrorToast } from "../../ui/toast.tsx"
import { useImportStep } from "./use-imports.ts"

/** Takes a whole import back, where that is possible; what someone changed since is kept by the server. */
export function UndoButton({ one }: { one: Import }) {
  const t = useT()
  const mayUndo = useCan("imports:create")
  const showError = useErrorToast()
  const undo = useImportStep(one.id, "undo")
  if (!mayUndo || !one.operation?.canUndo || one.status === "undone") return null
  return (
    <Button
      icon={IconArrowBackUp}
      loading={undo.isPending}
      onClick={() => undo.mutate(undefined, { onError: showError })}
    >
      {t("action.undo")}
    </Button>
  )
}
