import { Checkbox, TextInput } from "@mantine/core"
import { useState } from "react"
import { useT } from "../../../lib/i18n.tsx"
import { useCan } from "../../../lib/session.tsx"
import { Button } from "../../../ui/button.tsx"
import { Dialog } from "../../../ui/dialog.tsx"
import { Form, useSubmit } from "../../../ui/form.tsx"

interface ViewDialogProps {
  title: string
  name: string
  /** The verb on the button. */
  action: string
  /** Asks for a name alone. */
  rename?: boolean
  /** Throws what the server refuses. */
  onDone: (values: { name: string; shared?: boolean }) => Promise<unknown>
  onClose: () => void
}
/** Asks what a view shall be called, and who shall see it. */
export function ViewDialog({ title, name: before, action, rename, onDone, onClose }: ViewDialogProps) {
  const t = useT()
  const mayShare = useCan("views:share") && !rename
  const [name, setName] = useState(before)
  const [shared, setShared] = useState(false)
  const state = useSubmit(async () => {
    await onDone({ name: name.trim(), ...(mayShare && { shared }) })
    onClose()
  })
  return (
    <Dialog opened onClose={onClose} title={title} width={420}>
      <Form
        state={state}
        actions={
          <>
            <Button onClick={onClose}>{t("action.cancel")}</Button>
            <Button kind="primary" type="submit" loading={state.busy} disabled={name.trim() === ""}>
              {action}
            </Button>
          </>
        }
      >
        <TextInput
          label={t("view.name")}
          value={name}
          maxLength={120}
          data-autofocus
          error={state.faultOf("name")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {mayShare && (
          <Checkbox
            label={t("view.shareWithAll")}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        )}
      </Form>
    </Dialog>
  )
}
