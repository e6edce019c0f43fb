import { IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react"
import { useState } from "react"
import { useFormats, useLabels, useT } from "../../lib/i18n.tsx"
import { Button, IconButton } from "../../ui/button.tsx"
import { Chip } from "../../ui/chip.tsx"
import { choiceLook } from "../../ui/fields/choice-look.ts"
import { ListSkeleton } from "../../ui/skeleton.tsx"
import { ErrorState } from "../../ui/states.tsx"
import { PipelineDialog } from "./pipeline-dialog.tsx"
import styles from "./pipelines-settings.module.css"
import { RemoveDialog } from "./remove-dialog.tsx"
import { StageDialog } from "./stage-dialog.tsx"
import { type Pipeline, type Stage, usePipelineActions, usePipelines } from "./use-pipelines.ts"

type Opened =
  | { what: "pipeline"; pipeline?: Pipeline }
  | { what: "stage"; pipeline: Pipeline; stage?: Stage }
  | { what: "remove"; pipeline: Pipeline; stage?: Stage }

/** The pipelines that deals go through, and what each of their stages asks for. */
export function PipelinesSettings() {
  const t = useT()
  const { data: pipelines, error, refetch } = usePipelines()
  const actions = usePipelineActions()
  const [opened, setOpened] = useState<Opened | null>(null)
  const close = () => setOpened(null)
  if (error && !pipelines) return <ErrorState error={error} retry={() => refetch()} />
  if (!pipelines) return <ListSkeleton rows={6} avatar={false} />
  return (
    <>
      <p className={styles.intro}>{t("sell.pipelines.text")}</p>
      {pipelines.map((pipeline, place) => (
        <section key={pipeline.id} className={styles.pipeline} aria-labelledby={`pipeline-${pipeline.id}`}>
          <header className={styles.head}>
            <h2 id={`pipeline-${pipeline.id}`} className={styles.title}>
              {pipeline.name}
            </h2>
            <Actions
              name={pipeline.name}
              isFirst={place === 0}
              isLast={place === pipelines.length - 1}
              onStep={(step) => actions.movePipeline(pipeline, place + step)}
              onEdit={() => setOpened({ what: "pipeline", pipeline })}
              {...(pipelines.length > 1 && { onRemove: () => setOpened({ what: "remove", pipeline }) })}
            />
          </header>
          <ol className={styles.rows}>
            {pipeline.stages.map((stage, at) => (
              <li key={stage.id} className={styles.row}>
                <StageWords stage={stage} />
                <Actions
                  name={stage.name}
                  isFirst={at === 0}
                  isLast={at === pipeline.stages.length - 1}
                  onStep={(step) => actions.moveStage(pipeline, stage, at + step)}
                  onEdit={() => setOpened({ what: "stage", pipeline, stage })}
                  onRemove={() => setOpened({ what: "remove", pipeline, stage })}
                />
              </li>
            ))}
          </ol>
          <Button icon={IconPlus} onClick={() => setOpened({ what: "stage", pipeline })}>
            {t("sell.stage.add")}
          </Button>
        </section>
      ))}
      <Button kind="primary" icon={IconPlus} onClick={() => setOpened({ what: "pipeline" })}>
        {t("sell.pipelines.add")}
      </Button>
      {opened?.what === "pipeline" && <PipelineDialog pipeline={opened.pipeline} onClose={close} />}
      {opened?.what === "stage" && (
        <StageDialog pipeline={opened.pipeline} stage={opened.stage} onClose={close} />
      )}
      {opened?.what === "remove" && (
        <RemoveDialog pipelines={pipelines} pipeline={opened.pipeline} stage={opened.stage} onClose={close} />
      )}
    </>
  )
}

/** A stage with what it brings and asks, in a line. */
function StageWords({ stage }: { stage: Stage }) {
  const t = useT()
  const formats = useFormats()
  const labels = useLabels("deals")
  const asked = stage.requires.length + stage.leaves.length + stage.checklist.length
  const words = [
    stage.kind === "open"
      ? formats.number(stage.probability / 100, { style: "percent" })
      : labels.choice("status", stage.kind),
    ...(stage.days === null ? [] : [t("unit.day", { n: stage.days })]),
    ...(asked > 0 ? [t("sell.stage.asks", { count: asked })] : []),
  ]
  const field = { type: "choice", choices: [], choiceColors: { [stage.id]: stage.color ?? "gray" } } as const
  return (
    <span className={styles.words}>
      <Chip {...choiceLook("stage", stage.id, field)}>{stage.name}</Chip>
      <span className={styles.sub}>{words.join(" · ")}</span>
    </span>
  )
}

interface ActionsProps {
  name: string
  isFirst: boolean
  isLast: boolean
  onStep: (step: 1 | -1) => void
  onEdit: () => void
  onRemove?: () => void
}
function Actions({ name, isFirst, isLast, onStep, onEdit, onRemove }: ActionsProps) {
  const t = useT()
  return (
    <span className={styles.actions}>
      {!(isFirst && isLast) && (
        <>
          <IconButton
            icon={IconArrowUp}
            label={t("list.columns.up", { field: name })}
            disabled={isFirst}
            onClick={() => onStep(-1)}
          />
          <IconButton
            icon={IconArrowDown}
            label={t("list.columns.down", { field: name })}
            disabled={isLast}
            onClick={() => onStep(1)}
          />
        </>
      )}
      <IconButton icon={IconPencil} label={t("action.editNamed", { name })} onClick={onEdit} />
      {onRemove && (
        <IconButton icon={IconTrash} label={t("action.removeNamed", { name })} onClick={onRemove} />
      )}
    </span>
  )
}
