import { TextInput } from "@mantine/core"
import { useMemo, useState } from "react"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { useSession } from "../../../lib/session.tsx"
import { Button } from "../../../ui/button.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { LinkInput } from "../../../ui/fields/link-input.tsx"
import { DueInput } from "../../tasks/due-input.tsx"
import { BulkForeseen } from "./bulk-foreseen.tsx"
import styles from "./list-page.module.css"
import { type BulkTarget, type BulkWork, useBulkPreview } from "./use-bulk-preview.ts"

interface AssignTaskDialogProps {
  target: BulkTarget
  onApply: (work: BulkWork) => void
  onClose: () => void
}
/** Asks for the task that each of the selected records shall get. */
export function AssignTaskDialog({ target, onApply, onClose }: AssignTaskDialogProps) {
  const t = useT()
  const labels = useLabels("tasks")
  const { member } = useSession()
  const [title, setTitle] = useState("")
  const [dueDate, setDueDate] = useState<string | null>(null)
  const [assigneeId, setAssigneeId] = useState(member?.id ?? null)
  const isReady = title.trim() !== ""
  const work = useMemo(
    (): BulkWork => ({ action: "assignTask", input: { title: title.trim(), dueDate, assigneeId } }),
    [title, dueDate, assigneeId],
  )
  const { preview, error } = useBulkPreview(target, isReady ? work : null)
  const apply = () => {
    if (isReady) onApply(work)
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t("bulk.assignTask.title")}
      actions={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" disabled={!isReady} onClick={apply}>
            {t("bulk.assignTask.apply", { count: target.selected.size })}
          </Button>
        </>
      }
    >
      <form
        className={styles.bulkForm}
        onSubmit={(event) => {
          event.preventDefault()
          apply()
        }}
      >
        <TextInput
          label={labels.field("title")}
          value={title}
          maxLength={500}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <DueInput value={dueDate} onChange={setDueDate} />
        <LinkInput
          target="members"
          ariaLabel={labels.field("assigneeId")}
          placeholder={labels.field("assigneeId")}
          value={assigneeId}
          onChange={setAssigneeId}
        />
        {isReady && <BulkForeseen preview={preview} error={error} text="bulk.preview.tasks" />}
      </form>
    </Dialog>
  )
}
