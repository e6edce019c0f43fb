import { IconDownload, IconPrinter, IconTag } from "@tabler/icons-react"
import { useState } from "react"
import { useT } from "../../../lib/i18n.tsx"
import { lazyPart } from "../../../lib/lazy-part.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { IconButton } from "../../../ui/button.tsx"
import { Later } from "../../../ui/later.tsx"
import { Menu } from "../../../ui/menu.tsx"
import type { MenuGroup } from "../../../ui/menu-entries.ts"
import type { ListActionsProps } from "./list-actions-props.ts"
import { useExport } from "./use-export.ts"

const PrintList = lazyPart(() => import("./print-list.tsx"), "PrintList")
const LabelsDialog = lazyPart(() => import("./labels-dialog.tsx"), "LabelsDialog")

/** Takes the list out: as a file, on paper, on labels. */
export function ExportMenu({ entity, columns, sort, filter, ids, texts }: ListActionsProps) {
  const t = useT()
  const { formats, save } = useExport(entity)
  const [printing, setPrinting] = useState<"list" | "labels" | null>(null)
  const seen = { filter, sort, fields: columns.map((column) => column.key) }
  const entries = (view: typeof seen | null) =>
    formats.map((format) => ({
      id: `${format}${view !== null}`,
      label: t(`list.export.${format}`),
      icon: IconDownload,
      run: () => save(format, view ?? {}),
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
  const files: MenuGroup[] = [
    { heading: t("list.export.seen"), entries: entries(seen) },
    { heading: t("list.export.everything"), entries: entries(null) },
  ]
  const done = () => setPrinting(null)
  return (
    <>
      <Menu target={<IconButton icon={IconDownload} label={t("list.export")} />} groups={[...files, paper]} />
      <Later opened={printing !== null} onClose={done}>
        {printing === "list" && (
          <PrintList entity={entity} ids={ids} columns={columns} texts={texts} onDone={done} />
        )}
        {printing === "labels" && <LabelsDialog entity={entity} ids={ids} onClose={done} />}
      </Later>
    </>
  )
}
