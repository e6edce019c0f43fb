import type { MatchedEntity } from "@regulars/contract/domains/duplicates.ts"
import { useT } from "../../lib/i18n.tsx"
import { Button } from "../../ui/button.tsx"
import styles from "./likely-twins.module.css"
import { useReasonText } from "./reason-text.ts"
import { useLikelyTwins } from "./use-likely-twins.ts"

interface LikelyTwinsProps {
  entity: MatchedEntity
  /** What was typed so far, as the API takes it. */
  values: object
  onOpen: (id: string) => void
}
/** Below a form that creates: who is there already and may be the one, and why it seems so. */
export function LikelyTwins({ entity, values, onOpen }: LikelyTwinsProps) {
  const t = useT()
  const reasonText = useReasonText()
  const twins = useLikelyTwins(entity, values as Record<string, unknown>)
  return (
    <div role="status">
      {twins.length > 0 && (
        <div className={styles.twins}>
          <p className={styles.title}>{t("record.twins.title")}</p>
          <ul className={styles.list}>
            {twins.map((twin) => (
              <li key={twin.id} className={styles.twin}>
                <span className={styles.words}>
                  <strong>{twin.name ?? t("state.unnamed")}</strong>
                  <span className={styles.reasons}>
                    {reasonText(twin.reasons.filter(({ level }) => level !== "different"))}
                  </span>
                </span>
                <Button
                  aria-label={`${t("record.twins.open")}: ${twin.name ?? t("state.unnamed")}`}
                  onClick={() => onOpen(twin.id)}
                >
                  {t("record.twins.open")}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
