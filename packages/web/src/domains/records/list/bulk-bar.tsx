import type { EntityName } from "@regulars/contract/entities.ts"
import { isWritable } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { isOwnKey } from "@regulars/contract/kernel/own-fields.ts"
import {
  IconArrowMerge,
  IconArrowsExchange,
  IconChecklist,
  IconChecks,
  IconDownload,
  IconForms,
  IconTag,
  IconTagOff,
  IconTags,
  IconTrash,
  IconUser,
  IconX,
} from "@tabler/icons-react"
import { useState } from "react"
import { useLocation } from "wouter"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { lazyPart } from "../../../lib/lazy-part.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { useCan } from "../../../lib/session.tsx"
import { Button, IconButton } from "../../../ui/button.tsx"
import { Later } from "../../../ui/later.tsx"
import { Menu } from "../../../ui/menu.tsx"
import { ProgressBar } from "../../../ui/progress-bar.tsx"
import { toast } from "../../../ui/toast.tsx"
import { BulkDialog, type BulkDialogKind } from "./bulk-dialog.tsx"
import type { CellTexts } from "./cell-view.tsx"
import type { Column } from "./columns.ts"
import { type ExportFormat, mostExportIds } from "./download-export.ts"
import styles from "./list-page.module.css"
import type { Selection } from "./selection.ts"
import { useBulk } from "./use-bulk.ts"
import type { BulkWork } from "./use-bulk-preview.ts"
import { useExport } from "./use-export.ts"
import { usePartly } from "./use-partly.tsx"

const AssignTaskDialog = lazyPart(() => import("./assign-task-dialog.tsx"), "AssignTaskDialog")
const LabelsDialog = lazyPart(() => import("./labels-dialog.tsx"), "LabelsDialog")

/** Most records that are made one at once. */
const mostMerged = 20

interface BulkBarProps {
  entity: EntityName
  selection: Selection
  total: number
  filter: Filter | undefined
  ids: readonly string[]
  texts: CellTexts
  columns: readonly Column[]
  sort: readonly string[]
  onAll: () => void
  onClear: () => void
}
/** What can be done with the selected records; Undo is offered afterwards instead of a question before. */
export function BulkBar(props: BulkBarProps) {
  const { entity, selection, total, filter, ids, texts, onAll, onClear } = props
  const t = useT()
  const { fields } = declarationOf(entity)
  const mayUpdate = useCan(`${entity}:update`)
  const mayDelete = useCan(`${entity}:delete`)
  const mayMerge = useCan(`${entity}:merge`)
  const [, navigate] = useLocation()
  const { about } = declarationOf("tasks").fields
  const isAbout = about?.type === "links" && about.targets.includes(entity)
  const mayAssign = useCan("tasks:create") && mayUpdate && isAbout
  const target = { entity, selected: selection.ids, total, filter }
  const bulk = useBulk(target)
  const partly = usePartly(target, bulk.run)
  const [dialog, setDialog] = useState<BulkDialogKind | null>(null)
  const count = selection.ids.size
  const own = Object.keys(fields).filter(
    (key) =>
      isOwnKey(key) && isWritable(fields[key] as Field) && !fields[key]?.hidden && !fields[key]?.unique,
  )
  const set = (key: string) => t("list.bulk.set", { field: texts.labels.field(key) })
  function apply(work: BulkWork) {
    setDialog(null)
    bulk.run(work)
  }
  if (bulk.progress)
    return (
      <section className={styles.bulk} aria-label={t("list.bulk")}>
        <div className={styles.bulkProgress}>
          <ProgressBar label={t("list.bulk.running")} done={bulk.progress.done} total={bulk.progress.total} />
        </div>
        <Button kind="subtle" onClick={bulk.cancel}>
          {t("action.cancel")}
        </Button>
      </section>
    )
  return (
    <section className={styles.bulk} aria-label={t("list.bulk")}>
      <span className={styles.bulkCount} aria-live="polite">
        {t("state.selected", { count })}
      </span>
      {count < ids.length && (
        <Button kind="subtle" icon={IconChecks} onClick={onAll}>
          {t("list.bulk.all", { count: ids.length })}
        </Button>
      )}
      {mayUpdate && "tags" in fields && (
        <>
          <Button kind="subtle" icon={IconTag} onClick={() => setDialog("addTags")}>
            {t("list.bulk.addTag")}
          </Button>
          <Button kind="subtle" icon={IconTagOff} onClick={() => setDialog("removeTags")}>
            {t("list.bulk.removeTag")}
          </Button>
        </>
      )}
      {mayUpdate && "ownerId" in fields && (
        <Button kind="subtle" icon={IconUser} onClick={() => setDialog("ownerId")}>
          {set("ownerId")}
        </Button>
      )}
      {mayUpdate && "lifecycleStage" in fields && (
        <Button kind="subtle" icon={IconArrowsExchange} onClick={() => setDialog("lifecycleStage")}>
          {set("lifecycleStage")}
        </Button>
      )}
      {mayAssign && (
        <Button kind="subtle" icon={IconChecklist} onClick={() => setDialog("task")}>
          {t("bulk.assignTask")}
        </Button>
      )}
      {mayUpdate && own.length > 0 && (
        <Menu
          position="top-start"
          target={
            <Button kind="subtle" icon={IconForms}>
              {t("group.custom")}
            </Button>
          }
          groups={[{ entries: own.map((key) => ({ id: key, label: set(key), run: () => setDialog(key) })) }]}
        />
      )}
      {"addresses" in fields && (
        <Button kind="subtle" icon={IconTags} onClick={() => setDialog("labels")}>
          {t("list.labels")}
        </Button>
      )}
      {mayMerge && count >= 2 && count <= mostMerged && (
        <Button
          kind="subtle"
          icon={IconArrowMerge}
          onClick={() => navigate(`/${entity}/merge?ids=${[...selection.ids].join(",")}`)}
        >
          {t("list.bulk.merge")}
        </Button>
      )}
      <ExportSelection {...props} />
      {mayDelete && (
        <Button kind="subtle" icon={IconTrash} onClick={() => partly.start("delete")}>
          {t("action.delete")}
        </Button>
      )}
      <IconButton icon={IconX} label={t("list.bulk.clear")} onClick={onClear} />
      {dialog && dialog !== "labels" && dialog !== "task" && (
        <BulkDialog target={target} kind={dialog} onClose={() => setDialog(null)} onApply={apply} />
      )}
      {dialog === "task" && (
        <Later onClose={() => setDialog(null)}>
          <AssignTaskDialog target={target} onClose={() => setDialog(null)} onApply={apply} />
        </Later>
      )}
      {partly.dialog}
      {dialog === "labels" && (
        <Later onClose={() => setDialog(null)}>
          <LabelsDialog
            entity={entity}
            ids={ids.filter((id) => selection.ids.has(id))}
            onClose={() => setDialog(null)}
          />
        </Later>
      )}
    </section>
  )
}

/** Takes the selected records out as a file, with the columns of the list. */
function ExportSelection({ entity, selection, total, filter, columns, sort }: BulkBarProps) {
  const t = useT()
  const { number } = useFormats()
  const { formats, save } = useExport(entity)
  if (formats.length === 0) return null
  const isAll = selection.ids.size === total
  function run(format: ExportFormat) {
    if (!isAll && selection.ids.size > mostExportIds)
      return toast({ text: t("list.export.limit", { count: number(mostExportIds) }), bad: true })
    const ids = isAll ? undefined : [...selection.ids]
    return save(format, { filter, sort, fields: columns.map(({ key }) => key), ids })
  }
  const entries = formats.map((format) => ({
    id: format,
    label: t(`list.export.${format}`),
    run: () => run(format),
  }))
  return (
    <Menu
      position="top-start"
      target={
        <Button kind="subtle" icon={IconDownload}>
          {t("list.export")}
        </Button>
      }
      groups={[{ entries }]}
    />
  )
}
