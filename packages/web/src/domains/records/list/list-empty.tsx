import type { EntityName } from "@regulars/contract/entities.ts"
import { IconPlus, IconUpload } from "@tabler/icons-react"
import { useLocation } from "wouter"
import { useCreateEntry } from "../../../lib/commands.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { useCan } from "../../../lib/session.tsx"
import { Button } from "../../../ui/button.tsx"
import { EmptyState } from "../../../ui/states.tsx"

/** Why a list shows nothing, and what to do about it. */
export function ListEmpty({
  entity,
  filtered,
  onClear,
}: {
  entity: EntityName
  filtered: boolean
  onClear: () => void
}) {
  const t = useT()
  const labels = useLabels(entity)
  const [, navigate] = useLocation()
  const create = useCreateEntry(entity)
  const mayImport = useCan("imports:create") && declarationOf(entity).transfer === true
  if (filtered)
    return (
      <EmptyState
        drawing="search"
        title={t("list.none.title")}
        action={<Button onClick={onClear}>{t("list.none.clear")}</Button>}
      >
        {t("list.none.text")}
      </EmptyState>
    )
  return (
    <EmptyState
      drawing={entity === "people" || entity === "companies" ? "people" : "inbox"}
      title={t.find(`list.empty.${entity}.title`) ?? t("list.empty.title")}
      action={
        <>
          {mayImport && (
            <Button kind="primary" icon={IconUpload} onClick={() => navigate("/import")}>
              {t("list.empty.import")}
            </Button>
          )}
          {create && (
            <Button icon={IconPlus} onClick={create.run}>
              {labels.new}
            </Button>
          )}
        </>
      }
    >
      {t.find(`list.empty.${entity}.text`)}
    </EmptyState>
  )
}
