import { NativeSelect } from "@mantine/core"
import { useState } from "react"
import { isApiError } from "../../lib/api-error.ts"
import { useT } from "../../lib/i18n.tsx"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { Form, useSubmit } from "../../ui/form.tsx"
import { type Pipeline, type Stage, usePipelineActions } from "./use-pipelines.ts"

interface RemoveDialogProps {
  pipelines: readonly Pipeline[]
  pipeline: Pipeline
  /** Absent where the pipeline itself is to go. */
  stage: Stage | undefined
  onClose: () => void
}
/** Removes a stage or a pipeline; where deals stand in it, it asks where they go. */
export function RemoveDialog({ pipelines, pipeline, stage, onClose }: RemoveDialogProps) {
  const t = useT()
  const actions = usePipelineActions()
  const targets = pipelines.flatMap((one) =>
    one.stages
      .filter(({ id }) => (stage ? id !== stage.id : one.id !== pipeline.id))
      .map(({ id, name }) => ({ value: id, label: pipelines.length > 1 ? `${one.name}: ${name}` : name })),
  )
  const [moveTo, setMoveTo] = useState(targets[0]?.value ?? "")
  /** Deals that stand there, once the server has said so. */
  const [held, setHeld] = useState(0)
  const name = stage?.name ?? pipeline.name
  const state = useSubmit(async () => {
    const target = held > 0 ? moveTo : undefined
    try {
      await (stage ? actions.removeStage(pipeline, stage, target) : actions.removePipeline(pipeline, target))
      onClose()
    } catch (error) {
      if (!isApiError(error, "conflict") || held > 0) throw error
      setHeld(Number(error.details.count ?? 1))
    }
  })
  return (
    <Dialog opened onClose={onClose} title={t("action.removeNamed", { name })} width={440}>
      <Form
        state={state}
        actions={
          <>
            <Button kind="subtle" onClick={onClose}>
              {t("action.cancel")}
            </Button>
            <Button kind="danger" type="submit" loading={state.busy}>
              {t(held > 0 ? "sell.remove.move" : "action.remove")}
            </Button>
          </>
        }
      >
        <p>{held > 0 ? t("sell.remove.held", { count: held }) : t("sell.remove.text")}</p>
        {held > 0 && (
          <NativeSelect
            label={t("sell.remove.to")}
            value={moveTo}
            data={targets}
            error={state.faultOf("moveTo")}
            onChange={(event) => setMoveTo(event.currentTarget.value)}
          />
        )}
      </Form>
    </Dialog>
  )
}
