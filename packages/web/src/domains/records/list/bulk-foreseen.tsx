import type { BulkPreview } from "@regulars/contract/kernel/bulk-endpoints.ts"
import { useT } from "../../../lib/i18n.tsx"
import { Bone } from "../../../ui/skeleton.tsx"
import { ErrorLine } from "../../../ui/states.tsx"
import styles from "../left/left.module.css"
import { LeftList } from "../left/left-list.tsx"

interface BulkForeseenProps {
  /** Absent while it is asked for. */
  preview: BulkPreview | undefined
  error: unknown
  /** How it is said of those that will be changed. */
  text?: `bulk.preview.${"changed" | "tasks" | "delete" | "restore"}`
}
/** What an action on the selection will change, leave and be refused, before it is begun. */
export function BulkForeseen({ preview, error, text = "bulk.preview.changed" }: BulkForeseenProps) {
  const t = useT()
  if (error && !preview) return <ErrorLine error={error} />
  if (!preview) return <Bone height={20} width="60%" />
  const { total, changed, refused, refusedCount, isWhole } = preview
  const same = isWhole ? total - changed - refusedCount : 0
  return (
    <div className={styles.preview}>
      <p aria-live="polite">
        {t(text, { count: changed })}
        {same > 0 && ` · ${t("bulk.preview.same", { count: same })}`}
      </p>
      <LeftList
        heading={t("bulk.preview.refused", { count: refusedCount })}
        left={refused}
        count={refusedCount}
      />
      {!isWhole && <p className={styles.why}>{t("bulk.part")}</p>}
    </div>
  )
}
