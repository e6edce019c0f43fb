import type { UndoPreview } from "@regulars/contract/domains/general.endpoints.ts"
import { useQuery } from "@tanstack/react-query"
import { call } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { Bone } from "../../../ui/skeleton.tsx"
import { ErrorLine } from "../../../ui/states.tsx"
import styles from "./left.module.css"
import { LeftList } from "./left-list.tsx"

interface UndoDialogProps {
  id: string
  title: string
  isMerge: boolean
  onUndo: () => void
  onClose: () => void
}
/** Shows what an undo would take back and what it would keep, before it is begun. Needs the texts `bulk`. */
export function UndoDialog({ id, title, isMerge, onUndo, onClose }: UndoDialogProps) {
  const t = useT()
  const { data, error, refetch } = useQuery({
    queryKey: ["operations", "undo-preview", id],
    queryFn: async ({ signal }) =>
      (await call("GET /operations/:id/undo-preview", { params: { id }, signal })).data,
    // Whoever waits can't undo: what took too long once does so again.
    retry: false,
    gcTime: 0,
    staleTime: 0,
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" disabled={!data && !error} onClick={onUndo}>
            {t("action.undo")}
          </Button>
        </>
      }
    >
      {error && !data && (
        <>
          <p>{t("bulk.undo.unseen")}</p>
          <ErrorLine error={error} retry={() => refetch()} />
        </>
      )}
      {!data && !error && <Bone height={20} />}
      {data && <Foreseen preview={data} isMerge={isMerge} />}
    </Dialog>
  )
}

function Foreseen({ preview, isMerge }: { preview: UndoPreview; isMerge: boolean }) {
  const t = useT()
  const { restored, removed, kept, keptCount, arrived, arrivedCount, isWhole } = preview
  return (
    <div className={styles.preview}>
      <ul className={styles.counts} aria-live="polite">
        {restored > 0 && (
          <li>{t(isMerge ? "bulk.undo.again" : "bulk.undo.restored", { count: restored })}</li>
        )}
        {removed > 0 && <li>{t("bulk.undo.removed", { count: removed })}</li>}
        {restored + removed === 0 && <li>{t("bulk.undo.nothing")}</li>}
      </ul>
      <LeftList heading={t("bulk.kept", { count: keptCount })} left={kept} count={keptCount} />
      <LeftList heading={t("bulk.undo.arrived")} left={arrived} count={arrivedCount} />
      {!isWhole && <p className={styles.why}>{t("bulk.part")}</p>}
    </div>
  )
}
