import { Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core"
import { canBeAsked } from "@regulars/contract/domains/deals.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import { choiceColors } from "@regulars/contract/kernel/own-fields.ts"
import { useState } from "react"
import { useLabels, useT } from "../../lib/i18n.tsx"
import { declarationOf } from "../../lib/records.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { Form, FormRow, useSubmit } from "../../ui/form.tsx"
import styles from "./pipelines-settings.module.css"
import { type Pipeline, type Stage, type StageValues, usePipelineActions } from "./use-pipelines.ts"

const kinds = ["open", "won", "lost"] as const
/** Every deal has these, or they say where it stands. */
const never = ["name", "pipeline", "stage", "probability", "checklist", "openedOn", "closedOn"]

interface StageDialogProps {
  pipeline: Pipeline
  /** Absent for a new one. */
  stage: Stage | undefined
  onClose: () => void
}
/** What a stage is called, what it brings along and what it asks for. */
export function StageDialog({ pipeline, stage, onClose }: StageDialogProps) {
  const t = useT()
  const labels = useLabels("deals")
  const actions = usePipelineActions()
  const [typed, setTyped] = useState<StageValues>(() => valuesOf(stage))
  const [steps, setSteps] = useState(typed.checklist.join("\n"))
  const change = (changes: Partial<StageValues>) => setTyped({ ...typed, ...changes })
  const label = typed.label.trim()
  const state = useSubmit(async () => {
    if (label === "") return
    const items = steps.split("\n").flatMap((line) => line.trim() || [])
    const checklist = [...new Map(items.map((item) => [fold(item), item])).values()]
    const { fields } = declarationOf("deals")
    const requires = typed.requires.filter((key) => canBeAsked(key, fields[key], typed.kind))
    const leaves = typed.leaves.filter((key) => canBeAsked(key, fields[key], "open"))
    const values = { ...typed, label, checklist, requires, leaves }
    if (!stage) await actions.addStage(pipeline, values)
    else {
      // A stage that bears the product's word goes on bearing it, in each member's language.
      const { label: _, ...others } = values
      await actions.changeStage(pipeline, stage, label === stage.name ? others : values)
    }
    onClose()
  })
  return (
    <Dialog opened onClose={onClose} title={t(stage ? "sell.stage.edit" : "sell.stage.add")} width={520}>
      <Form
        state={state}
        actions={
          <>
            <Button kind="subtle" onClick={onClose}>
              {t("action.cancel")}
            </Button>
            <Button kind="primary" type="submit" loading={state.busy} disabled={label === ""}>
              {t(stage ? "action.save" : "action.add")}
            </Button>
          </>
        }
      >
        <TextInput
          label={t("sell.pipelines.name")}
          value={typed.label}
          maxLength={80}
          data-autofocus
          autoComplete="off"
          error={state.faultOf("label")}
          onChange={(event) => change({ label: event.currentTarget.value })}
        />
        <FormRow>
          <NativeSelect
            label={t("sell.stage.kind")}
            value={typed.kind}
            data={kinds.map((kind) => ({ value: kind, label: labels.choice("status", kind) }))}
            error={state.faultOf("kind")}
            onChange={(event) => change({ kind: event.currentTarget.value as StageValues["kind"] })}
          />
          <NativeSelect
            label={t("sell.stage.color")}
            value={typed.color ?? "gray"}
            data={choiceColors.map((color) => ({ value: color, label: t(`settings.fields.color.${color}`) }))}
            onChange={(event) => change({ color: event.currentTarget.value as StageValues["color"] })}
          />
        </FormRow>
        {typed.kind === "open" && (
          <FormRow>
            <TextInput
              label={t("sell.stage.probability")}
              type="number"
              min={0}
              max={100}
              value={String(typed.probability)}
              error={state.faultOf("probability")}
              onChange={(event) => change({ probability: Number(event.currentTarget.value) })}
            />
            <TextInput
              label={t("sell.stage.days")}
              type="number"
              min={1}
              value={typed.days === null ? "" : String(typed.days)}
              error={state.faultOf("days")}
              onChange={({ currentTarget: { value } }) =>
                change({ days: value === "" ? null : Math.round(Number(value)) })
              }
            />
          </FormRow>
        )}
        <Asked
          label={t("sell.stage.requires")}
          kind={typed.kind}
          keys={typed.requires}
          onChange={(requires) => change({ requires })}
        />
        {typed.kind === "open" && (
          <>
            <Asked
              label={t("sell.stage.leaves")}
              kind="open"
              keys={typed.leaves}
              onChange={(leaves) => change({ leaves })}
            />
            <Textarea
              label={t("sell.stage.checklist")}
              value={steps}
              rows={3}
              onChange={(event) => setSteps(event.currentTarget.value)}
            />
          </>
        )}
      </Form>
    </Dialog>
  )
}

function isOffered(key: string, kind: StageValues["kind"]): boolean {
  const field = declarationOf("deals").fields[key]
  return canBeAsked(key, field, kind) && !field?.hidden && field?.type !== "boolean" && !never.includes(key)
}

interface AskedProps {
  label: string
  kind: StageValues["kind"]
  keys: readonly string[]
  onChange: (keys: string[]) => void
}
/** Fields of deals, those that are asked for ticked. */
function Asked({ label, kind, keys, onChange }: AskedProps) {
  const labels = useLabels("deals")
  const fields = Object.keys(declarationOf("deals").fields).filter((key) => isOffered(key, kind))
  return (
    <div>
      <div className={styles.label}>{label}</div>
      <fieldset className={styles.checks} aria-label={label}>
        {fields.map((key) => (
          <Checkbox
            key={key}
            label={labels.field(key)}
            checked={keys.includes(key)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...keys, key] : keys.filter((one) => one !== key))
            }
          />
        ))}
      </fieldset>
    </div>
  )
}

function valuesOf(stage: Stage | undefined): StageValues {
  return {
    label: stage?.name ?? "",
    color: (stage?.color ?? "gray") as StageValues["color"],
    kind: stage?.kind ?? "open",
    probability: stage?.probability ?? 50,
    days: stage?.days ?? null,
    requires: stage?.requires ?? [],
    leaves: stage?.leaves ?? [],
    checklist: stage?.checklist ?? [],
  }
}
