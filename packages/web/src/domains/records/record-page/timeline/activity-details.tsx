import { IconPencil, IconTrash } from "@tabler/icons-react"
import { useLabels, useT } from "../../../../lib/i18n.tsx"
import type { AnyRecord } from "../../../../lib/records.ts"
import { useCan } from "../../../../lib/session.tsx"
import { IconButton } from "../../../../ui/button.tsx"
import { ActivityFields, type ActivityValues, activityFrom } from "../../compose/activity-form.tsx"
import { OwnInputs } from "../../create/own-inputs.tsx"
import { EditFrame } from "./edit-frame.tsx"
import { changedValues, OwnValuesLine, ownValuesOf } from "./own-values.tsx"
import styles from "./timeline.module.css"
import { useEntryEdit, useEntryOpen } from "./use-entry-edit.ts"
import { useRemoveEntry } from "./use-remove-entry.ts"

/** What was said in a call or at a visit, how long it took and what came of it. */
export function ActivityDetails({ activity, readOnly }: { activity: AnyRecord; readOnly: boolean }) {
  const t = useT()
  const labels = useLabels("activities")
  const [editing, setEditing] = useEntryOpen(activity.id)
  const mayUpdate = useCan("activities:update") && !readOnly
  const mayDelete = useCan("activities:delete") && !readOnly
  const remove = useRemoveEntry("activities")
  const { text, outcome, minutes } = activity
  if (editing && mayUpdate) return <ActivityEdit activity={activity} leave={() => setEditing(false)} />
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
      <OwnValuesLine entity="activities" record={activity} />
      <div className={styles.tools}>
        {mayUpdate && (
          <IconButton
            size={28}
            icon={IconPencil}
            label={t("record.activity.edit")}
            onClick={() => setEditing(true)}
          />
        )}
        {mayDelete && (
          <IconButton
            size={28}
            icon={IconTrash}
            label={t("record.activity.delete")}
            onClick={() => remove(activity.id, t("record.activity.deleted"))}
          />
        )}
      </div>
    </div>
  )
}

function ActivityEdit({ activity, leave }: { activity: AnyRecord; leave: () => void }) {
  const { values, version, change, forget } = useEntryEdit(activity.id, valuesOf(activity), activity.version)
  function close() {
    forget()
    leave()
  }
  const own = values.own ?? {}
  const changes = { ...activityFrom(values), ...changedValues(activity, own) }
  const frame = { id: activity.id, version, changes, leave, close }
  return (
    <EditFrame entity="activities" {...frame}>
      <ActivityFields values={values} change={(changes) => change({ ...values, ...changes })} autoFocus />
      <OwnInputs entity="activities" values={own} onChange={(next) => change({ ...values, own: next })} all />
    </EditFrame>
  )
}
function valuesOf(activity: AnyRecord): ActivityValues {
  const { kind, direction, occurredAt, minutes, outcome, text } = activity
  return {
    own: ownValuesOf(activity),
    kind: kind as ActivityValues["kind"],
    direction: (direction as ActivityValues["direction"] | null) ?? "outgoing",
    occurredAt: occurredAt as string,
    minutes: minutes as number | null,
    outcome: String(outcome ?? ""),
    text: String(text ?? ""),
  }
}
