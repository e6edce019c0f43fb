import { IconDownload, IconPrinter, IconTag } from "@tabler/icons-react"
import { lazy, Suspense, useState } from "react"
import { useT } from "../../../lib/i18n.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { useCan } from "../../../lib/session.tsx"
import { IconButton } from "../../../ui/button.tsx"
import { Menu, type MenuGroup } from "../../../ui/menu.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { downloadExport, type ExportFormat } from "./download-export.ts"
import type { ListActionsProps } from "./list-actions-props.ts"

const PrintList = lazy(async () => ({ default: (await import("./print-list.tsx")).PrintList }))
const LabelsDialog = lazy(async () => ({ default: (await import("./labels-dialog.tsx")).LabelsDialog }))

/** Takes the list out: as a file, on paper, on labels. */
export function ExportMenu({ entity, columns, sort, filter, ids, texts }: ListActionsProps) {
  const t = useT()
  const showError = useErrorToast()
  const mayExport = useCan("exports:create") && declarationOf(entity).transfer === true
  const [printing, setPrinting] = useState<"list" | "labels" | null>(null)
  function save(format: ExportFormat, seen: boolean) {
    const hide = toast({ text: t("list.export.started") })
    const keys = columns.map((column) => column.key)
    const view = seen ? { filter, sort, fields: format === "vcard" ? undefined : keys } : {}
    downloadExport({ entity, format, ...view })
      .catch(showError)
      .finally(hide)
  }
  const formats: ExportFormat[] =
    entity === "people" || entity === "companies" ? ["csv", "xlsx", "vcard"] : ["csv", "xlsx"]
  const entries = (seen: boolean) =>
    formats.map((format) => ({
      id: `${format}${seen}`,
      label: t(`list.export.${format}`),
      icon: IconDownload,
      run: () => save(format, seen),
    }))
  const paper: MenuGroup = {
    heading: t("list.print"),
    entries: [
      { id: "print", label: t("list.print.list"), icon: IconPrinter, run: () => setPrinting("list") },
      ...("addresses" in declarationOf(entity).fields
        ? [{ id: "labels", label: t("list.labels"), icon: IconTag, run: () => setPrinting("labels") }]
        : []),
    ],
  }
  const files: MenuGroup[] = mayExport
    ? [
        { heading: t("list.export.seen"), entries: entries(true) },
        { heading: t("list.export.everything"), entries: entries(false) },
      ]
    : []
  const done = () => setPrinting(null)
  return (
    <>
      <Menu target={<IconButton icon={IconDownload} label={t("list.export")} />} groups={[...files, paper]} />
      <Suspense fallback={null}>
        {printing === "list" && (
          <PrintList entity={entity} ids={ids} columns={columns} texts={texts} onDone={done} />
        )}
        {printing === "labels" && <LabelsDialog entity={entity} ids={ids} onClose={done} />}
      </Suspense>
    </>
  )
}
