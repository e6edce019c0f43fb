import type { RichText } from "@regulars/contract/kernel/fields.ts"
import { IconPencil, IconTrash } from "@tabler/icons-react"
import { useT } from "../../../../lib/i18n.tsx"
import type { AnyRecord } from "../../../../lib/records.ts"
import { useCan } from "../../../../lib/session.tsx"
import { IconButton } from "../../../../ui/button.tsx"
import { FileLink } from "../../../../ui/fields/file-input.tsx"
import { RichTextView } from "../../../../ui/rich-text/rich-text-view.tsx"
import { NoteEditor } from "../../compose/note-form.tsx"
import { OwnInputs } from "../../create/own-inputs.tsx"
import { EditFrame } from "./edit-frame.tsx"
import { changedValues, OwnValuesLine, ownValuesOf } from "./own-values.tsx"
import styles from "./timeline.module.css"
import { useEntryEdit, useEntryOpen } from "./use-entry-edit.ts"
import { useRemoveEntry } from "./use-remove-entry.ts"

/** A note as it stands, edited in place, moved to the bin with Undo. */
export function NoteBody({ note, readOnly }: { note: AnyRecord; readOnly: boolean }) {
  const t = useT()
  const [editing, setEditing] = useEntryOpen(note.id)
  const mayUpdate = useCan("notes:update") && !readOnly
  const mayDelete = useCan("notes:delete") && !readOnly
  const remove = useRemoveEntry("notes")
  const body = note.body as RichText | null
  const files = (note.files ?? []) as string[]
  if (editing && mayUpdate) return <NoteEdit note={note} leave={() => setEditing(false)} />
  return (
    <div className={styles.card}>
      {body && <RichTextView value={body} />}
      {files.length > 0 && (
        <div className={styles.files}>
          {files.map((id) => (
            <FileLink key={id} id={id} />
          ))}
        </div>
      )}
      <OwnValuesLine entity="notes" record={note} />
      <div className={styles.tools}>
        {mayUpdate && (
          <IconButton
            size={28}
            icon={IconPencil}
            label={t("record.note.edit")}
            onClick={() => setEditing(true)}
          />
        )}
        {mayDelete && (
          <IconButton
            size={28}
            icon={IconTrash}
            label={t("record.note.delete")}
            onClick={() => remove(note.id, t("record.note.deleted"))}
          />
        )}
      </div>
    </div>
  )
}

function NoteEdit({ note, leave }: { note: AnyRecord; leave: () => void }) {
  const start = { body: note.body as RichText | null, own: ownValuesOf(note) }
  const { values, version, change, forget } = useEntryEdit(note.id, start, note.version)
  function close() {
    forget()
    leave()
  }
  const { body, own = {} } = values
  const changes = { body, ...changedValues(note, own) }
  return (
    <EditFrame entity="notes" id={note.id} version={version} changes={changes} leave={leave} close={close}>
      <NoteEditor value={body} onChange={(next) => change({ body: next, own })} autoFocus />
      <OwnInputs entity="notes" values={own} onChange={(next) => change({ body, own: next })} all />
    </EditFrame>
  )
}
