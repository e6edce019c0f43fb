import { TextInput } from "@mantine/core"
import { useState } from "react"
import { useT } from "../../lib/i18n.tsx"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { Form, useSubmit } from "../../ui/form.tsx"
import { type Pipeline, usePipelineActions } from "./use-pipelines.ts"

interface PipelineDialogProps {
  /** Absent for a new one, which begins with the stages of the first. */
  pipeline: Pipeline | undefined
  onClose: () => void
}
/** What a pipeline is called. */
export function PipelineDialog({ pipeline, onClose }: PipelineDialogProps) {
  const t = useT()
  const actions = usePipelineActions()
  const [typed, setTyped] = useState(pipeline?.name ?? "")
  const label = typed.trim()
  const state = useSubmit(async () => {
    if (label === "") return
    await (pipeline ? actions.renamePipeline(pipeline, label) : actions.addPipeline(label))
    onClose()
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t(pipeline ? "sell.pipelines.edit" : "sell.pipelines.add")}
      width={440}
    >
      <Form
        state={state}
        actions={
          <>
            <Button kind="subtle" onClick={onClose}>
              {t("action.cancel")}
            </Button>
            <Button kind="primary" type="submit" loading={state.busy} disabled={label === ""}>
              {t(pipeline ? "action.save" : "action.add")}
            </Button>
          </>
        }
      >
        <TextInput
          label={t("sell.pipelines.name")}
          value={typed}
          maxLength={80}
          data-autofocus
          autoComplete="off"
          error={state.faultOf("label")}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Form>
    </Dialog>
  )
}
