import type { RichText } from "@regulars/contract/kernel/fields.ts"
import { IconPencil, IconTrash } from "@tabler/icons-react"
import { useQueryClient } from "@tanstack/react-query"
import { type KeyboardEvent, useState } from "react"
import { useT } from "../../../../lib/i18n.tsx"
import { type AnyRecord, usePatchRecord } from "../../../../lib/records.ts"
import { useCan } from "../../../../lib/session.tsx"
import { patchInTimelines, refreshTimelines } from "../../../../lib/timeline.ts"
import { Button, IconButton } from "../../../../ui/button.tsx"
import { FileLink } from "../../../../ui/fields/file-input.tsx"
import { RichTextView } from "../../../../ui/rich-text/rich-text-view.tsx"
import { ErrorLine } from "../../../../ui/states.tsx"
import { NoteEditor } from "../../compose/note-form.tsx"
import { onSaveKey } from "../../compose/use-compose-form.ts"
import styles from "./timeline.module.css"
import { useRemoveEntry } from "./use-remove-entry.ts"

/** A note as it stands, edited in place, moved to the bin with Undo. */
export function NoteBody({ note, readOnly }: { note: AnyRecord; readOnly: boolean }) {
  const t = useT()
  const [editing, setEditing] = useState(false)
  const mayUpdate = useCan("notes:update") && !readOnly
  const mayDelete = useCan("notes:delete") && !readOnly
  const remove = useRemoveEntry("notes")
  const body = note.body as RichText | null
  const files = (note.files ?? []) as string[]
  if (editing) return <NoteEdit note={note} close={() => setEditing(false)} />
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

function NoteEdit({ note, close }: { note: AnyRecord; close: () => void }) {
  const t = useT()
  const client = useQueryClient()
  const { mutateAsync: patch, isPending } = usePatchRecord("notes")
  const [body, setBody] = useState(note.body as RichText | null)
  const [error, setError] = useState<unknown>(null)
  async function save() {
    setError(null)
    try {
      const saved = await patch({ id: note.id, changes: { body } })
      patchInTimelines(client, note.id, saved)
      close()
      refreshTimelines(client)
    } catch (problem) {
      setError(problem)
    }
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Escape" || event.defaultPrevented) return
    event.stopPropagation()
    close()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the editor inside
    <div className={styles.edit} onKeyDownCapture={onSaveKey(save)} onKeyDown={onKeyDown}>
      <NoteEditor value={body} onChange={setBody} autoFocus />
      {error !== null && <ErrorLine error={error} />}
      <div className={styles.actions}>
        <Button kind="primary" loading={isPending} onClick={save}>
          {t("action.save")}
        </Button>
        <Button kind="subtle" onClick={close}>
          {t("action.cancel")}
        </Button>
      </div>
    </div>
  )
}
