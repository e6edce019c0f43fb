import type { Import } from "@regulars/contract/domains/transfer.endpoints.ts"
import { useT } from "../../lib/i18n.tsx"
import { ProgressBar } from "../../ui/progress-bar.tsx"
import { CancelButton } from "./cancel-button.tsx"
import { Counts } from "./counts.tsx"
import styles from "./import.module.css"

/** The import under way; it goes on without anybody looking. */
export function RunStep({ one }: { one: Import }) {
  const t = useT()
  const done = one.progress?.done ?? one.operation?.done ?? 0
  const total = one.progress?.total ?? one.operation?.total ?? null
  return (
    <div className={styles.stack}>
      <ProgressBar label={t("import.running")} done={done} total={total} />
      <p className={styles.faint}>{t("import.leave")}</p>
      {one.counts && <Counts counts={one.counts} />}
      <div>
        <CancelButton one={one} />
      </div>
    </div>
  )
}
