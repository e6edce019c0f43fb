import type { EntityName } from "@regulars/contract/entities.ts"
import { fieldOf } from "@regulars/contract/kernel/entity.ts"
import {
  IconCheck,
  IconHistory,
  IconNote,
  IconPencil,
  IconPlus,
  IconReceipt,
  IconSquare,
  IconTrash,
  IconUserPlus,
} from "@tabler/icons-react"
import type { ReactNode } from "react"
import type { Icon } from "../../../../lib/commands.ts"
import { entityOfSubject } from "../../../../lib/declarations.ts"
import { exactInstant, titleOf } from "../../../../lib/format.ts"
import { useFormats, useLabels, useT } from "../../../../lib/i18n.tsx"
import { type AnyRecord, declarationOf } from "../../../../lib/records.ts"
import { recordOf, type TimelineEntry } from "../../../../lib/timeline.ts"
import { RecordChip } from "../../../../ui/fields/record-chip.tsx"
import { activityIcons } from "../../compose/activity-icons.ts"
import { ActivityDetails } from "./activity-details.tsx"
import { ChangeList } from "./change-list.tsx"
import { type Change, shownChanges } from "./changes.ts"
import { NoteBody } from "./note-body.tsx"
import { OperationUndo } from "./operation-undo.tsx"
import { sentenceOf } from "./sentence.ts"
import { TaskBody } from "./task-body.tsx"
import styles from "./timeline.module.css"

interface EntryProps {
  entry: TimelineEntry
  /** Whose timeline it stands on. */
  entity: EntityName
  record: AnyRecord
  readOnly: boolean
}
/** One thing that happened: a sentence with its time, and what belongs to it below. */
export function Entry({ entry, entity, record, readOnly }: EntryProps) {
  const t = useT()
  const formats = useFormats()
  const labels = useLabels(entity)
  const changes = shownChanges(declarationOf(entity), (entry.data.changes ?? []) as Change[])
  const fields =
    changes.length > 0 ? changes.map(({ field }) => field) : ((entry.data.fields ?? []) as string[])
  const known = fields.filter((field) => fieldOf(declarationOf(entity), field))
  const sentence = sentenceOf(entry, t, {
    fields: formats.list(known.map((field) => labels.field(field))),
    name: titleOf(record, declarationOf(entity).title) || t("state.unnamed"),
  })
  const Mark = iconOf(entry)
  const others = entry.subjects.filter((subject) => subject.id !== record.id && entityOfSubject(subject.type))
  const carries = entry.type.endsWith(".created") && recordOf(entry) !== undefined
  return (
    <li className={styles.entry} data-pending={entry.data.pending ? "" : undefined}>
      <span className={styles.mark} data-strong={carries || undefined} aria-hidden="true">
        <Mark size={16} stroke={1.5} />
      </span>
      <div className={styles.body}>
        <p className={styles.sentence}>
          <span>{sentence}</span>
          <time
            className={styles.time}
            dateTime={entry.occurredAt}
            title={exactInstant(entry.occurredAt, formats)}
          >
            {formats.date(new Date(entry.occurredAt), { timeStyle: "short" })}
          </time>
          {others.slice(0, 4).map((subject) => (
            <RecordChip key={subject.id} reference={subject} />
          ))}
        </p>
        {changes.length > 0 && <ChangeList entity={entity} changes={changes} />}
        {carries && <Body entry={entry} readOnly={readOnly} />}
        <OperationUndo entry={entry} />
      </div>
    </li>
  )
}

/** The note, task or activity an entry tells of, as it stands now. */
function Body({ entry, readOnly }: { entry: TimelineEntry; readOnly: boolean }): ReactNode {
  const record = recordOf(entry)
  if (!record) return null
  // What the server has not heard of yet can't be changed yet.
  const fixed = readOnly || Boolean(entry.data.pending)
  if (entry.type === "note.created") return <NoteBody note={record} readOnly={fixed} />
  if (entry.type === "task.created") return <TaskBody task={record} readOnly={fixed} />
  if (entry.type === "activity.created") return <ActivityDetails activity={record} readOnly={fixed} />
  return null
}

function iconOf(entry: TimelineEntry): Icon {
  const [subject, fact] = entry.type.split(".")
  if (fact === "removed") return IconTrash
  if (fact === "updated") return IconPencil
  if (subject === "note") return IconNote
  if (subject === "task") return fact === "done" ? IconCheck : IconSquare
  if (subject === "activity")
    return activityIcons[(recordOf(entry)?.kind ?? "call") as keyof typeof activityIcons] ?? IconHistory
  if (subject === "order") return IconReceipt
  if (fact !== "created") return IconHistory
  return subject === "person" || subject === "company" ? IconUserPlus : IconPlus
}
