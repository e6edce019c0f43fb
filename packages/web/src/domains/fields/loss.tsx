import type { TypeChange } from "@regulars/contract/domains/fields.endpoints.ts"
import { useT } from "../../lib/i18n.tsx"
import styles from "./fields-settings.module.css"

/** What a change would lose, in numbers and by examples. */
export function Loss({ loss }: { loss: TypeChange }) {
  const t = useT()
  const lost = loss.examples.filter(({ to }) => to === null)
  return (
    <div role="alert" className={styles.loss}>
      {t("settings.fields.loss", { lost: loss.lost, filled: loss.filled })}
      <ul>
        {lost.slice(0, 5).map(({ recordId, from }) => (
          <li key={recordId}>{typeof from === "object" ? JSON.stringify(from) : String(from)}</li>
        ))}
      </ul>
    </div>
  )
}
