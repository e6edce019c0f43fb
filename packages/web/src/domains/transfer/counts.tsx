import type { ImportCounts } from "@regulars/contract/domains/transfer.endpoints.ts"
import { useFormats, useT } from "../../lib/i18n.tsx"
import styles from "./import.module.css"

const always = ["created", "updated", "refused"] as const
const ifAny = ["duplicates", "unchanged", "merged", "skipped"] as const

/** How many rows became what; before the import the same numbers say what would. */
export function Counts({ counts }: { counts: ImportCounts }) {
  const t = useT()
  const formats = useFormats()
  const shown = [...always, ...ifAny.filter((name) => counts[name] > 0)]
  return (
    <dl className={styles.counts}>
      {shown.map((name) => (
        <div key={name} className={styles.figure} data-kind={counts[name] > 0 ? name : undefined}>
          <dt>{t(`import.counts.${name}`)}</dt>
          <dd>{formats.number(counts[name])}</dd>
        </div>
      ))}
    </dl>
  )
}
