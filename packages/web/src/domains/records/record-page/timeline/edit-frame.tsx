import { useQueryClient } from "@tanstack/react-query"
import { type KeyboardEvent, type ReactNode, useState } from "react"
import { useT } from "../../../../lib/i18n.tsx"
import { usePatchRecord } from "../../../../lib/records.ts"
import { patchInTimelines, refreshTimelines } from "../../../../lib/timeline.ts"
import { Button } from "../../../../ui/button.tsx"
import { ErrorLine } from "../../../../ui/states.tsx"
import { onSaveKey } from "../../compose/use-compose-form.ts"
import styles from "./timeline.module.css"

interface EditFrameProps {
  entity: "notes" | "activities"
  id: string
  /** Of the entry when editing it began. */
  version: number | undefined
  /** What is to be saved. */
  changes: Record<string, unknown>
  /** Closes the frame and keeps what was typed for later. */
  leave: () => void
  /** Closes the frame and forgets what was typed. */
  close: () => void
  children: ReactNode
}
/**
 * An entry being edited where it stands: Ctrl Enter saves, Cancel leaves the entry as it was; Esc only folds the
 * frame. A refusal keeps what was typed.
 */
export function EditFrame({ entity, id, version, changes, leave, close, children }: EditFrameProps) {
  const t = useT()
  const client = useQueryClient()
  const { mutateAsync: patch, isPending } = usePatchRecord(entity)
  const [error, setError] = useState<unknown>(null)
  async function save() {
    setError(null)
    try {
      const { record } = await patch({ id, changes, version })
      patchInTimelines(client, id, record)
      close()
      refreshTimelines(client)
    } catch (problem) {
      setError(problem)
    }
  }
  function onKeyDown(event: KeyboardEvent) {
    // The text editor prevents what a browser does with Esc, and does nothing itself.
    const isTaken = event.defaultPrevented && !(event.target as HTMLElement).isContentEditable
    if (event.key !== "Escape" || isTaken) return
    event.stopPropagation()
    leave()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the inputs inside
    <div className={styles.edit} onKeyDownCapture={onSaveKey(save)} onKeyDown={onKeyDown}>
      {children}
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
