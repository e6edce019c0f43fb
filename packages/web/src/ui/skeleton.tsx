import { useT } from "../lib/i18n.tsx"
import styles from "./skeleton.module.css"

/** A grey bar in the place of a text; width as CSS. */
export function Bone({
  width = "100%",
  height = 12,
  round,
}: {
  width?: string | number
  height?: number
  round?: boolean
}) {
  return <span className={styles.bone} style={{ width, height, borderRadius: round ? "50%" : undefined }} />
}

const widths = ["38%", "52%", "30%", "45%", "60%", "34%"]
/** Rows of a list while it loads, as high as the rows that come. */
export function ListSkeleton({ rows = 12, avatar = true }: { rows?: number; avatar?: boolean }) {
  const t = useT()
  return (
    <div role="status" aria-label={t("state.loading")}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: all rows are alike
        <div key={index} className={styles.row}>
          {avatar && <Bone width={24} height={24} round />}
          <span className={styles.grow}>
            <Bone width={widths[index % widths.length]} />
          </span>
          <Bone width="12%" />
          <Bone width="9%" />
        </div>
      ))}
    </div>
  )
}
/** A form while it loads: labels and inputs. */
export function FormSkeleton({ fields = 4 }: { fields?: number }) {
  const t = useT()
  return (
    <div role="status" aria-label={t("state.loading")} className={styles.form}>
      {Array.from({ length: fields }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: all fields are alike
        <div key={index}>
          <Bone width={90} height={10} />
          <div style={{ height: 6 }} />
          <Bone height={32} />
        </div>
      ))}
    </div>
  )
}
/** A page whose code is still on its way: title and lines. */
export function PageSkeleton() {
  const t = useT()
  return (
    <div role="status" aria-label={t("state.loading")}>
      <div className={styles.page}>
        <Bone width={160} height={18} />
      </div>
      <ListSkeleton rows={8} avatar={false} />
    </div>
  )
}
