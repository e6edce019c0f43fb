import { useMediaQuery } from "@mantine/hooks"
import { useT } from "../../../lib/i18n.tsx"
import { Bone, FormSkeleton, ListSkeleton } from "../../../ui/skeleton.tsx"
import styles from "./record-page.module.css"

/** The page in its final shape while the record is on its way. */
export function RecordSkeleton() {
  const t = useT()
  const wide = useMediaQuery("(min-width: 1200px)", undefined, { getInitialValueInEffect: false })
  const middle = useMediaQuery("(min-width: 900px)", undefined, { getInitialValueInEffect: false })
  return (
    <div className={wide ? `${styles.page} ${styles.wide}` : middle ? styles.page : undefined}>
      <div className={styles.top} role="status" aria-label={t("state.loading")}>
        <div className={styles.skeletonTop}>
          <Bone width={48} height={48} round />
          <div className={styles.skeletonWords}>
            <Bone width={220} height={20} />
            <Bone width={320} height={12} />
          </div>
        </div>
      </div>
      {middle && (
        <div className={styles.column}>
          <FormSkeleton fields={6} />
        </div>
      )}
      <div className={`${styles.column} ${styles.story}`}>
        <Bone height={96} />
        <ListSkeleton rows={6} />
      </div>
      {wide && (
        <div className={styles.column}>
          <FormSkeleton fields={3} />
        </div>
      )}
    </div>
  )
}
