import { Textarea, TextInput } from "@mantine/core"
import { activities, activityKinds } from "@regulars/contract/domains/activities.ts"
import type { ReactNode } from "react"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { FieldInput } from "../../../ui/fields/field-input.tsx"
import { activityIcons } from "./activity-icons.ts"
import { ChoiceRow } from "./choice-row.tsx"
import styles from "./compose.module.css"
import { ComposeFrame } from "./compose-frame.tsx"
import { type ComposedValues, type ComposeProps, useComposeForm } from "./use-compose-form.ts"

type Kind = (typeof activityKinds)[number]
type Direction = "incoming" | "outgoing"
export interface ActivityValues extends ComposedValues {
  kind: Kind
  direction: Direction
  /** Null: the moment of saving. */
  occurredAt: string | null
  minutes: number | null
  outcome: string
  text: string
}
const empty: ActivityValues = {
  kind: "call",
  direction: "outgoing",
  occurredAt: null,
  minutes: null,
  outcome: "",
  text: "",
}
const directed: readonly Kind[] = ["call", "message"]

/** What is sent for what was typed; without a moment it happened now. */
export function activityFrom({ kind, direction, occurredAt, minutes, outcome, text }: ActivityValues) {
  return {
    kind,
    direction: directed.includes(kind) ? direction : null,
    occurredAt: occurredAt ?? new Date().toISOString(),
    minutes,
    outcome: outcome.trim() || null,
    text: text.trim() || null,
  }
}

/** Logs what happened: a call, a meeting, a visit or a message. */
export function ActivityForm(props: ComposeProps) {
  const t = useT()
  const form = useComposeForm("activities", empty, props)
  const save = () => form.save(activityFrom(form.values))
  return (
    <ComposeFrame form={form} props={props} save={save} action={t("record.activity.save")} ready>
      <ActivityFields
        values={form.values}
        change={form.change}
        generation={form.generation}
        autoFocus={props.autoFocus}
      />
    </ComposeFrame>
  )
}

interface FieldsProps {
  values: ActivityValues
  change: (changes: Partial<ActivityValues>) => void
  /** Raised when the values were replaced from outside: inputs that hold their own text begin anew. */
  generation?: number
  autoFocus?: boolean | undefined
}
export function ActivityFields({ values, change, generation = 0, autoFocus }: FieldsProps) {
  const t = useT()
  const labels = useLabels("activities")
  const { kind, direction, occurredAt, minutes, outcome, text } = values
  return (
    <>
      <div className={styles.line}>
        <ChoiceRow
          label={labels.field("kind")}
          value={kind}
          choices={activityKinds.map((value) => ({
            value,
            label: labels.choice("kind", value),
            icon: activityIcons[value],
          }))}
          onChange={(next) => change({ kind: next })}
        />
        {directed.includes(kind) && (
          <ChoiceRow
            label={labels.field("direction")}
            value={direction}
            choices={(["outgoing", "incoming"] as const).map((value) => ({
              value,
              label: labels.choice("direction", value),
            }))}
            onChange={(next) => change({ direction: next })}
          />
        )}
      </div>
      <Textarea
        aria-label={labels.field("text")}
        placeholder={t("record.activity.placeholder")}
        value={text}
        rows={3}
        maxLength={activities.fields.text.max}
        resize="vertical"
        autoFocus={autoFocus}
        // A dialog looks for this when it takes the focus.
        data-autofocus={autoFocus || undefined}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <div className={styles.details} key={generation}>
        <Labelled label={labels.field("occurredAt")}>
          <FieldInput
            entity="activities"
            fieldKey="occurredAt"
            field={{ ...activities.fields.occurredAt, required: false }}
            value={occurredAt ?? new Date().toISOString()}
            ariaLabel={labels.field("occurredAt")}
            onChange={(value) => change({ occurredAt: value as string | null })}
          />
        </Labelled>
        <Labelled label={labels.field("minutes")}>
          <FieldInput
            entity="activities"
            fieldKey="minutes"
            field={activities.fields.minutes}
            value={minutes}
            ariaLabel={labels.field("minutes")}
            onChange={(value) => change({ minutes: value as number | null })}
          />
        </Labelled>
        <TextInput
          label={labels.field("outcome")}
          value={outcome}
          maxLength={activities.fields.outcome.max}
          placeholder={t("record.activity.outcomeExample")}
          onChange={(event) => change({ outcome: event.currentTarget.value })}
        />
      </div>
    </>
  )
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.labelled}>
      <span className={styles.label}>{label}</span>
      {children}
    </div>
  )
}
