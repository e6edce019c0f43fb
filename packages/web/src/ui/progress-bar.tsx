import { useFormats, useT } from "../lib/i18n.tsx"
import styles from "./progress-bar.module.css"

/** Progress of long work; without a total it only says that something goes on. */
export function ProgressBar({ label, done, total }: { label: string; done: number; total: number | null }) {
  const t = useT()
  const formats = useFormats()
  const share = total ? Math.min(1, done / total) : undefined
  return (
    <div className={styles.bar}>
      <div className={styles.words}>
        <span>{label}</span>
        {total !== null && (
          <span className={styles.figures}>
            {t("state.progress", { done: formats.number(done), total: formats.number(total) })}
          </span>
        )}
      </div>
      <div
        role="progressbar"
        className={styles.track}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total ?? undefined}
        aria-valuenow={total === null ? undefined : done}
      >
        {share === undefined ? (
          <div className={`${styles.fill} ${styles.unknown}`} />
        ) : (
          <div className={styles.fill} style={{ width: `${share * 100}%` }} />
        )}
      </div>
    </div>
  )
}
