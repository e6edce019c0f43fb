import type { EntityName } from "@regulars/contract/entities.ts"
import { useT } from "../../../lib/i18n.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { useCan } from "../../../lib/session.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { downloadExport, type ExportFormat } from "./download-export.ts"

type View = Omit<Parameters<typeof downloadExport>[0], "entity" | "format">

/** The formats a list can be taken out in, none for whoever may not, and doing it. */
export function useExport(entity: EntityName) {
  const t = useT()
  const showError = useErrorToast()
  const mayExport = useCan("exports:create") && declarationOf(entity).transfer === true
  const withCards = entity === "people" || entity === "companies"
  const formats: ExportFormat[] = withCards ? ["csv", "xlsx", "vcard"] : ["csv", "xlsx"]
  function save(format: ExportFormat, { fields, ...view }: View) {
    const giveUp = new AbortController()
    const hide = toast({
      text: t("list.export.started"),
      lasting: true,
      action: { label: t("action.cancel"), run: () => giveUp.abort() },
    })
    // Address cards hold what a card has room for, whatever the columns.
    const wanted = { entity, format, ...view, fields: format === "vcard" ? undefined : fields }
    downloadExport(wanted, giveUp.signal)
      .catch((error) => giveUp.signal.aborted || showError(error))
      .finally(hide)
  }
  return { formats: mayExport ? formats : [], save }
}
