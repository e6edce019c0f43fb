import { Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core"
import type { TypeChange } from "@regulars/contract/domains/fields.endpoints.ts"
import { lifecycleStages } from "@regulars/contract/domains/people.ts"
import type { EntityName } from "@regulars/contract/entities.ts"
import {
  fieldOfOwn,
  ownFieldTypes,
  type OwnField as StoredField,
} from "@regulars/contract/kernel/own-fields.ts"
import { useState } from "react"
import { call } from "../../lib/api.ts"
import { useLabels, useT } from "../../lib/i18n.tsx"
import { declarationOf } from "../../lib/records.ts"
import { useSession } from "../../lib/session.tsx"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { FieldInput } from "../../ui/fields/field-input.tsx"
import { Form, useSubmit } from "../../ui/form.tsx"
import styles from "./fields-settings.module.css"
import { GroupInput } from "./group-input.tsx"
import { Loss } from "./loss.tsx"
import { firstRollup } from "./rollup-options.tsx"
import { TypeOptions } from "./type-options.tsx"
import { type FieldValues, type OwnField, useFieldActions } from "./use-fields.ts"

interface FieldDialogProps {
  entity: EntityName
  /** Undefined: a new one. */
  field: OwnField | undefined
  onClose: () => void
}
const fresh: FieldValues = {
  label: "",
  help: "",
  group: "custom",
  type: "text",
  options: {},
  required: "never",
  stages: [],
  default: null,
  unique: false,
  hidden: false,
}
const derived: readonly string[] = ["formula", "rollup"]
const uniqueTypes = ["text", "number", "date", "dateTime", "url", "email", "phone", "link"]
const defaultTypes = [
  "text",
  "longText",
  "number",
  "percent",
  "money",
  "boolean",
  "rating",
  "choice",
  "choices",
]

/** Adds a field, or changes one; what a change of type would lose is shown before anything happens. */
export function FieldDialog({ entity, field, onClose }: FieldDialogProps) {
  const t = useT()
  const labels = useLabels(entity)
  const currency = useSession().workspace?.currency
  const actions = useFieldActions()
  const [typed, setTyped] = useState<FieldValues>(() => (field ? valuesOf(field) : fresh))
  const [loss, setLoss] = useState<TypeChange | null>(null)
  const change = (changes: Partial<FieldValues>) => {
    setTyped({ ...typed, ...changes })
    setLoss(null)
  }
  const state = useSubmit(async () => {
    if (!field) await actions.add(entity, typed)
    else {
      const changes = changesOf(field, typed)
      if (!loss && (changes.type || changes.options)) {
        const { type, options } = typed
        const preview = await call("POST /fields/:id/preview", {
          params: { id: field.id },
          body: { type, options } as never,
        })
        if (preview.data.lost > 0) return setLoss(preview.data)
      }
      if (Object.keys(changes).length > 0) await actions.change(field, changes)
    }
    onClose()
  })
  const hasStages = "lifecycleStage" in declarationOf(entity).fields
  const title = field ? t("action.editNamed", { name: field.label }) : t("settings.fields.add")
  return (
    <Dialog opened onClose={onClose} title={title} width={520}>
      <Form
        state={state}
        actions={
          <>
            <Button onClick={onClose}>{t("action.cancel")}</Button>
            <Button
              kind={loss ? "danger" : "primary"}
              type="submit"
              loading={state.busy}
              disabled={typed.label.trim() === ""}
            >
              {loss
                ? t("settings.fields.loss.accept", { count: loss.lost })
                : t(field ? "action.save" : "action.add")}
            </Button>
          </>
        }
      >
        <div className={styles.form}>
          <TextInput
            label={t("settings.fields.label")}
            value={typed.label}
            maxLength={120}
            data-autofocus
            error={state.faultOf("label")}
            onChange={(event) => change({ label: event.currentTarget.value })}
          />
          <NativeSelect
            label={t("settings.fields.type")}
            value={typed.type}
            data={ownFieldTypes.map((type) => ({ value: type, label: t(`settings.fields.type.${type}`) }))}
            onChange={(event) => {
              const type = event.currentTarget.value as FieldValues["type"]
              change({
                type,
                options: startOptions(entity, type, typed, currency),
                default: null,
                unique: false,
                required: derived.includes(type) ? "never" : typed.required,
              })
            }}
          />
          <TypeOptions entity={entity} values={typed} onChange={change} faultOf={state.faultOf} />
          <Textarea
            label={t("settings.fields.help")}
            value={typed.help}
            maxLength={500}
            rows={2}
            onChange={(event) => change({ help: event.currentTarget.value })}
          />
          <GroupInput entity={entity} value={typed.group} onChange={(group) => change({ group })} />
          {!derived.includes(typed.type) && (
            <NativeSelect
              label={t("settings.fields.required")}
              value={typed.required}
              data={(["never", "always", ...(hasStages ? (["stages"] as const) : [])] as const).map(
                (value) => ({
                  value,
                  label: t(`settings.fields.required.${value}`),
                }),
              )}
              onChange={(event) => change({ required: event.currentTarget.value as FieldValues["required"] })}
            />
          )}
          {typed.required === "stages" && (
            <fieldset className={styles.checks} aria-label={t("settings.fields.stages")}>
              {lifecycleStages.map((stage) => (
                <Checkbox
                  key={stage}
                  label={labels.choice("lifecycleStage", stage)}
                  checked={typed.stages.includes(stage)}
                  onChange={(event) => {
                    const on = event.currentTarget.checked
                    change({
                      stages: lifecycleStages.filter((one) =>
                        one === stage ? on : typed.stages.includes(one),
                      ),
                    })
                  }}
                />
              ))}
            </fieldset>
          )}
          {defaultTypes.includes(typed.type) && !typed.unique && (
            <DefaultInput entity={entity} values={typed} onChange={(value) => change({ default: value })} />
          )}
          <div className={styles.checks}>
            {uniqueTypes.includes(typed.type) && (
              <Checkbox
                label={t("settings.fields.unique.text")}
                checked={typed.unique}
                error={state.faultOf("unique")}
                onChange={(event) => change({ unique: event.currentTarget.checked, default: null })}
              />
            )}
            <Checkbox
              label={t("settings.fields.hidden.text")}
              checked={typed.hidden}
              onChange={(event) => change({ hidden: event.currentTarget.checked })}
            />
          </div>
          {loss && <Loss loss={loss} />}
        </div>
      </Form>
    </Dialog>
  )
}

function valuesOf(field: OwnField): FieldValues {
  const { label, help, group, type, options, required, stages, unique, hidden } = field
  return { label, help, group, type, options, required, stages, unique, hidden, default: field.default }
}
/** What differs from the field as it is. */
function changesOf(field: OwnField, typed: FieldValues): Partial<FieldValues> {
  const before = valuesOf(field)
  return Object.fromEntries(
    Object.entries(typed).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof FieldValues]),
    ),
  )
}
function startOptions(
  entity: EntityName,
  type: FieldValues["type"],
  { options }: FieldValues,
  currency: string | undefined,
): FieldValues["options"] {
  if (type === "choice" || type === "choices") return { choices: options.choices ?? [{ label: "" }] }
  if (type === "money") return currency ? { currency } : {}
  if (type === "formula") return { formula: options.formula ?? "" }
  if (type === "rollup") return { rollup: firstRollup(entity), ...(currency && { currency }) }
  if (type === "rating") return { max: 5 }
  return type === "link" ? { target: "people" } : {}
}

interface DefaultInputProps {
  entity: EntityName
  values: FieldValues
  onChange: (value: unknown) => void
}
function DefaultInput({ entity, values, onChange }: DefaultInputProps) {
  const t = useT()
  // A choice without an id yet can't be named.
  const choices = values.options.choices?.flatMap((choice) =>
    choice.id ? [{ id: choice.id, label: choice.label, color: choice.color ?? null }] : [],
  )
  if (choices?.length === 0) return null
  const options = { ...values.options, ...(choices && { choices }) }
  const stored = { id: "", slot: "", key: "", entity, position: 0, ...values, options } as StoredField
  const field = fieldOfOwn({ ...stored, required: "never" })
  const label = t("settings.fields.default")
  return (
    <div>
      <div className={styles.label}>{label}</div>
      <FieldInput
        key={values.type}
        entity=""
        fieldKey=""
        field={field}
        value={values.default}
        ariaLabel={label}
        onChange={(next, problem) => problem || onChange(next)}
      />
    </div>
  )
}
