import type { Import } from "@regulars/contract/domains/transfer.endpoints.ts"
import { useT } from "../../lib/i18n.tsx"
import { useCan } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import { useErrorToast } from "../../ui/toast.tsx"
import { useImportStep } from "./use-imports.ts"

/** Stops what the server is doing with an import. */
export function CancelButton({ one }: { one: Import }) {
  const t = useT()
  const mayCancel = useCan("imports:create")
  const showError = useErrorToast()
  const cancel = useImportStep(one.id, "cancel")
  if (!mayCancel) return null
  return (
    <Button loading={cancel.isPending} onClick={() => cancel.mutate(undefined, { onError: showError })}>
      {t("import.stop")}
    </Button>
  )
}
