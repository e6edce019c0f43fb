import { IconTrash } from "@tabler/icons-react"
import { useLabels, useT } from "../../../../lib/i18n.tsx"
import type { AnyRecord } from "../../../../lib/records.ts"
import { useCan } from "../../../../lib/session.tsx"
import { IconButton } from "../../../../ui/button.tsx"
import styles from "./timeline.module.css"
import { useRemoveEntry } from "./use-remove-entry.ts"

/** What was said in a call or at a visit, how long it took and what came of it. */
export function ActivityDetails({ activity, readOnly }: { activity: AnyRecord; readOnly: boolean }) {
  const t = useT()
  const labels = useLabels("activities")
  const mayDelete = useCan("activities:delete") && !readOnly
  const remove = useRemoveEntry("activities")
  const { text, outcome, minutes } = activity
  return (
    <div className={styles.card}>
      {Boolean(text) && <p className={styles.long}>{String(text)}</p>}
      {Boolean(outcome || minutes) && (
        <p className={styles.meta}>
          {Boolean(outcome) && (
            <span>
              {labels.field("outcome")}: {String(outcome)}
            </span>
          )}
          {Boolean(minutes) && <span>{t("record.minutes", { count: Number(minutes) })}</span>}
        </p>
      )}
      {mayDelete && (
        <div className={styles.tools}>
          <IconButton
            size={28}
            icon={IconTrash}
            label={t("record.activity.delete")}
            onClick={() => remove(activity.id, t("record.activity.deleted"))}
          />
        </div>
      )}
    </div>
  )
}
