import { Checkbox } from "@mantine/core"
import type { EntityName } from "@regulars/contract/entities.ts"
import { IconArrowBackUp } from "@tabler/icons-react"
import { useVirtualizer } from "@tanstack/react-virtual"
import { useRef } from "react"
import { formatInstant, titleOf } from "../../../lib/format.ts"
import { useFormats, useLabels, useT } from "../../../lib/i18n.tsx"
import { type AnyRecord, declarationOf, useDeleteRecord } from "../../../lib/records.ts"
import { useCan } from "../../../lib/session.tsx"
import { Button } from "../../../ui/button.tsx"
import { Bone } from "../../../ui/skeleton.tsx"
import { toast, useErrorToast } from "../../../ui/toast.tsx"
import { useRestore } from "../left/use-restore.tsx"
import { nothingSelected, type Selection, selectAll, toggle } from "../list/selection.ts"
import { useRowWindows } from "../list/use-rows.ts"
import styles from "./bin-page.module.css"

const rowHeight = 44

interface BinListProps {
  entity: EntityName
  ids: readonly string[]
  selection: Selection
  select: (selection: Selection) => void
}
/** Deleted records, any number of them, newest first. */
export function BinList({ entity, ids, selection, select }: BinListProps) {
  const t = useT()
  const labels = useLabels(entity)
  const mayRestore = useCan(`${entity}:delete`)
  const box = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: ids.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {}
  const { title, fields } = declarationOf(entity)
  const wanted = [title, "deletedAt", ...["emails", "phones"].filter((key) => key in fields)]
  const rowOf = useRowWindows(
    entity,
    ids,
    { first: startIndex, last: endIndex },
    { fields: wanted, include: [], deleted: true },
  )
  const all = selection.ids.size === ids.length
  return (
    <>
      {mayRestore && (
        <div className={styles.head}>
          <Checkbox
            label={t("list.selectAll")}
            checked={all}
            indeterminate={selection.ids.size > 0 && !all}
            onChange={() => select(all ? nothingSelected : selectAll(ids))}
          />
        </div>
      )}
      <div ref={box} className={styles.box}>
        <ul className={styles.list} aria-label={labels.other} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <li
              key={ids[index]}
              className={styles.row}
              aria-setsize={ids.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Line
                entity={entity}
                row={rowOf(index)}
                mayRestore={mayRestore}
                selected={selection.ids.has(ids[index] ?? "")}
                onSelect={() => select(toggle(selection, ids, index))}
              />
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}

interface LineProps {
  entity: EntityName
  row: AnyRecord | undefined
  mayRestore: boolean
  selected: boolean
  onSelect: () => void
}
function Line({ entity, row, mayRestore, selected, onSelect }: LineProps) {
  const t = useT()
  const formats = useFormats()
  const showError = useErrorToast()
  const { remove } = useDeleteRecord(entity)
  const { bringBack, isPending, dialog } = useRestore(entity)
  if (!row) return <Bone width="40%" />
  const name = titleOf(row, declarationOf(entity).title) || t("state.unnamed")
  const when = row.deletedAt ? formatInstant(String(row.deletedAt), t, formats) : ""
  const restore = (id: string) =>
    bringBack(id, () =>
      toast({ text: t("bin.restored", { name }), undo: () => remove.mutate(id, { onError: showError }) }),
    )
  return (
    <>
      {mayRestore && (
        <Checkbox aria-label={t("list.select", { name })} checked={selected} onChange={onSelect} />
      )}
      <span className={styles.name} title={name}>
        {name}
      </span>
      <span className={styles.when}>{when && t("bin.deleted", { when })}</span>
      {mayRestore && (
        <Button
          kind="subtle"
          icon={IconArrowBackUp}
          aria-label={t("bin.restore", { name })}
          loading={isPending}
          onClick={() => restore(row.id)}
        >
          {t("action.restore")}
        </Button>
      )}
      {dialog}
    </>
  )
}
