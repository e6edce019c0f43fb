import type { EntityName } from "@regulars/contract/entities.ts"
import { isWritable } from "@regulars/contract/kernel/entity.ts"
import type { HistoryEntry } from "@regulars/contract/kernel/entity-endpoints.ts"
import { useInfiniteQuery } from "@tanstack/react-query"
import { useState } from "react"
import { request } from "../../../lib/api.ts"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { keys } from "../../../lib/query.ts"
import { type AnyRecord, declarationOf } from "../../../lib/records.ts"
import { Button } from "../../../ui/button.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { RelativeTime } from "../../../ui/display.tsx"
import { MoreButton } from "../../../ui/more-button.tsx"
import { NativeSelect } from "../../../ui/native-select.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorState } from "../../../ui/states.tsx"
import { useErrorToast } from "../../../ui/toast.tsx"
import { ChangeList } from "../record-page/timeline/change-list.tsx"
import { type ShownChange, shownChanges } from "../record-page/timeline/changes.ts"
import { usePatchWithUndo } from "../use-patch-with-undo.ts"
import styles from "./history.module.css"

interface HistoryDialogProps {
  entity: EntityName
  record: AnyRecord
  name: string
  opened: boolean
  onClose: () => void
}
/** Who changed what in a record, or in one field of it, with the way back to an earlier value. */
export function HistoryDialog({ entity, record, name, opened, onClose }: HistoryDialogProps) {
  const t = useT()
  return (
    <Dialog opened={opened} onClose={onClose} title={t("record.history.title", { name })} width={640}>
      <History entity={entity} record={record} />
    </Dialog>
  )
}

type Page = { data: HistoryEntry[]; page: { next: string | null } }
function useHistory(entity: EntityName, id: string, field: string) {
  return useInfiniteQuery({
    // Within the record's own key: what changes it brings its history up to date.
    queryKey: [...keys.one(entity, id), "history", field],
    queryFn: async ({ pageParam, signal }) =>
      (await request(`GET /${entity}/:id/history`, {
        params: { id },
        query: { limit: 30, ...(field && { field }), ...(pageParam && { cursor: Number(pageParam) }) },
        signal,
      })) as Page,
    initialPageParam: "",
    getNextPageParam: ({ page }) => page.next,
  })
}

function History({ entity, record }: Pick<HistoryDialogProps, "entity" | "record">) {
  const t = useT()
  const labels = useLabels(entity)
  const [field, setField] = useState("")
  const pages = useHistory(entity, record.id, field)
  const { data, error, refetch } = pages
  const fields = Object.keys(declarationOf(entity).fields)
    .map((value) => ({ value, label: labels.field(value) }))
    .sort((one, other) => one.label.localeCompare(other.label))
  const label = t("record.history.field")
  return (
    <>
      <NativeSelect
        label={label}
        ariaLabel={label}
        always
        value={field}
        options={[{ value: "", label: t("record.history.all") }, ...fields]}
        onChange={setField}
      />
      {error && !data ? (
        <ErrorState error={error} retry={() => refetch()} />
      ) : data ? (
        <ol className={styles.entries}>
          {data.pages
            .flatMap((page) => page.data)
            .map((entry) => (
              <Entry key={entry.version} entity={entity} record={record} entry={entry} />
            ))}
        </ol>
      ) : (
        <ListSkeleton rows={4} avatar={false} />
      )}
      <MoreButton of={pages} />
    </>
  )
}

function Entry({
  entity,
  record,
  entry,
}: Pick<HistoryDialogProps, "entity" | "record"> & { entry: HistoryEntry }) {
  const t = useT()
  const changes = shownChanges(declarationOf(entity), entry.changes)
  const actor =
    entry.actor.type === "system" ? t("event.actor.system") : (entry.actor.name ?? t("event.actor.unknown"))
  const by = entry.operation && t.find(`record.history.by.${entry.operation.kind}`)
  return (
    <li className={styles.entry}>
      <p className={styles.line}>
        <strong>{t(`record.history.kind.${entry.kind}`)}</strong>
        <span>
          {actor} · <RelativeTime at={entry.at} />
          {by && <> · {by}</>}
        </span>
      </p>
      {changes.length > 0 && <ChangeList entity={entity} changes={changes} />}
      {entry.kind === "update" && <PutBack entity={entity} record={record} changes={changes} />}
    </li>
  )
}

/** Offers the value from before, where it is one that can be written and another stands there now. */
function PutBack({
  entity,
  record,
  changes,
}: Pick<HistoryDialogProps, "entity" | "record"> & { changes: readonly ShownChange[] }) {
  const t = useT()
  const labels = useLabels(entity)
  const patch = usePatchWithUndo(entity)
  const showError = useErrorToast()
  const [change] = changes
  if (!change || changes.length > 1 || change.kind !== "value") return null
  const { field, from, declared } = change
  const own = record[field] ?? null
  if (!record.can?.update || !isWritable(declared) || JSON.stringify(own) === JSON.stringify(from))
    return null
  const label = labels.field(field)
  const putBack = () =>
    patch(
      { id: record.id, changes: { [field]: from }, before: { [field]: own }, version: record.version },
      t("record.history.done", { field: label }),
    ).catch(showError)
  return (
    <div>
      <Button kind="subtle" aria-label={t("record.history.putBackOf", { field: label })} onClick={putBack}>
        {t("record.history.putBack")}
      </Button>
    </div>
  )
}
