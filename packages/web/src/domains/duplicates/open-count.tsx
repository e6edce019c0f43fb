import { useFormats } from "../../lib/i18n.tsx"
import styles from "./open-count.module.css"
import { useOverview } from "./use-duplicates.ts"

/** How many pairs wait for a decision, beside the page's name; nothing where there are none. */
export function OpenDuplicates() {
  const formats = useFormats()
  const { data } = useOverview()
  const count = Object.values(data?.open ?? {}).reduce((sum, number) => sum + number, 0)
  return count > 0 ? <span className={styles.count}>{formats.number(count)}</span> : null
}
