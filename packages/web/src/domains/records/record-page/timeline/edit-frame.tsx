import { useQueryClient } from "@tanstack/react-query"
import { type KeyboardEvent, type ReactNode, useState } from "react"
import { useT } from "../../../../lib/i18n.tsx"
import { type AnyRecord, usePatchRecord } from "../../../../lib/records.ts"
import { patchInTimelines, refreshTimelines } from "../../../../lib/timeline.ts"
import { Button } from "../../../../ui/button.tsx"
import { ErrorLine } from "../../../../ui/states.tsx"
import { onSaveKey } from "../../compose/use-compose-form.ts"
import styles from "./timeline.module.css"

interface EditFrameProps {
  entity: "notes" | "activities"
  record: AnyRecord
  /** What is to be saved. */
  changes: Record<string, unknown>
  close: () => void
  children: ReactNode
}
/** An entry being edited where it stands: Ctrl Enter saves, Esc leaves it as it was; a refusal keeps what was typed. */
export function EditFrame({ entity, record, changes, close, children }: EditFrameProps) {
  const t = useT()
  const client = useQueryClient()
  const { mutateAsync: patch, isPending } = usePatchRecord(entity)
  const [error, setError] = useState<unknown>(null)
  async function save() {
    setError(null)
    try {
      const saved = await patch({ id: record.id, changes })
      patchInTimelines(client, record.id, saved)
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
