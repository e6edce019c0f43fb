import { useQuery } from "@tanstack/react-query"
import { call } from "../../../lib/api.ts"
import { useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { RelativeTime } from "../../../ui/display.tsx"
import { ListSkeleton } from "../../../ui/skeleton.tsx"
import { ErrorLine } from "../../../ui/states.tsx"
import type { View } from "./view-state.ts"
import styles from "./views.module.css"

interface ViewBinProps {
  entity: string
  onRestore: (view: View) => void
  onClose: () => void
}
/** Views in the bin that may be brought back. */
export function ViewBin({ entity, onRestore, onClose }: ViewBinProps) {
  const t = useT()
  const { data, error, isPending } = useQuery({
    queryKey: ["views", "bin", entity],
    queryFn: ({ signal }) => call("GET /views", { query: { entity, deleted: "true" }, signal }),
    gcTime: 0,
  })
  return (
    <Dialog opened onClose={onClose} title={t("view.bin")} width={440}>
      {isPending && <ListSkeleton rows={2} />}
      {error && <ErrorLine error={error} />}
      {data?.data.length === 0 && <p>{t("view.bin.empty")}</p>}
      <ul className={styles.binned}>
        {data?.data.map((view) => (
          <li key={view.id}>
            <span className={styles.binnedName}>{view.name}</span>
            <span className={styles.when}>
              <RelativeTime at={view.deletedAt ?? view.updatedAt} />
            </span>
            <Button aria-label={t("view.restore.one", { name: view.name })} onClick={() => onRestore(view)}>
              {t("view.restore")}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
