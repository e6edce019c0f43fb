import { NativeSelect, Textarea, TextInput } from "@mantine/core"
import type { EntityName } from "@regulars/contract/entities.ts"
import { choiceColors } from "@regulars/contract/kernel/own-fields.ts"
import { entityLabel } from "@regulars/locales/labels.ts"
import { IconPlus, IconX } from "@tabler/icons-react"
import { allEntities, isAboutOthers, namedEntity } from "../../lib/declarations.ts"
import { useT } from "../../lib/i18n.tsx"
import { Button, IconButton } from "../../ui/button.tsx"
import { CurrencyInput } from "../../ui/fields/code-inputs.tsx"
import styles from "./fields-settings.module.css"
import { RollupOptions } from "./rollup-options.tsx"
import type { FieldValues, GivenChoice } from "./use-fields.ts"

interface TypeOptionsProps {
  entity: EntityName
  values: FieldValues
  onChange: (changes: Partial<FieldValues>) => void
  faultOf: (path: string) => string | undefined
}
const functions =
  "if, and, or, not, isEmpty, otherwise, round, abs, floor, ceiling, min, max, days, addDays, year, month, day, length, upper, lower"
/** What a field can link to: members, and every record that stands for itself. */
const targets = () => [
  "people",
  "members",
  ...allEntities().flatMap((entity) =>
    entity.name === "people" || isAboutOthers(entity) ? [] : [entity.name],
  ),
]

/** What a type needs to know besides. */
export function TypeOptions({ entity, values: { type, options }, onChange, faultOf }: TypeOptionsProps) {
  const t = useT()
  const put = (changes: Partial<FieldValues["options"]>) => onChange({ options: { ...options, ...changes } })
  switch (type) {
    case "choice":
    case "choices":
      return (
        <ChoicesEditor
          choices={options.choices ?? []}
          fault={faultOf("options.choices")}
          onChange={(choices) => put({ choices })}
        />
      )
    case "money":
      return (
        <div>
          <div className={styles.label}>{t("settings.workspace.currency")}</div>
          <CurrencyInput
            ariaLabel={t("settings.workspace.currency")}
            value={options.currency ?? null}
            onChange={(currency: string | null) => put({ currency: currency ?? undefined })}
          />
        </div>
      )
    case "number":
    case "percent":
      return (
        <NativeSelect
          label={t("settings.fields.decimals")}
          value={options.decimals === undefined ? "" : String(options.decimals)}
          data={[{ value: "", label: t("settings.fields.decimals.any") }, "0", "1", "2", "3", "4"]}
          onChange={({ currentTarget: { value } }) =>
            put({ decimals: value === "" ? undefined : Number(value) })
          }
        />
      )
    case "rating":
      return (
        <NativeSelect
          label={t("settings.fields.stars")}
          value={String(options.max ?? 5)}
          data={["3", "5", "10"]}
          onChange={(event) => put({ max: Number(event.currentTarget.value) })}
        />
      )
    case "link":
      return (
        <NativeSelect
          label={t("settings.fields.target")}
          value={options.target ?? "people"}
          data={targets().map((target) => ({
            value: target,
            label: target === "members" ? t("settings.members") : entityLabel(t, namedEntity(target)),
          }))}
          onChange={(event) => put({ target: event.currentTarget.value })}
        />
      )
    case "formula":
      return (
        <Textarea
          label={t("settings.fields.formula")}
          description={t("settings.fields.formula.hint", {
            example: "round(size * custom.price, 2)",
            functions,
          })}
          value={options.formula ?? ""}
          maxLength={1000}
          rows={2}
          spellCheck={false}
          error={faultOf("options.formula")}
          onChange={(event) => put({ formula: event.currentTarget.value })}
        />
      )
    case "rollup":
      return (
        <RollupOptions
          entity={entity}
          options={options}
          onChange={(next) => onChange({ options: next })}
          faultOf={faultOf}
        />
      )
    default:
      return null
  }
}

interface ChoicesEditorProps {
  choices: readonly GivenChoice[]
  fault: string | undefined
  onChange: (choices: GivenChoice[]) => void
}
function ChoicesEditor({ choices, fault, onChange }: ChoicesEditorProps) {
  const t = useT()
  const replace = (place: number, changes: Partial<GivenChoice>) =>
    onChange(choices.map((choice, index) => (index === place ? { ...choice, ...changes } : choice)))
  return (
    <fieldset className={styles.checks}>
      <legend className={styles.label}>{t("settings.fields.choices")}</legend>
      {choices.map((choice, place) => (
        <div key={choice.id ?? place} className={styles.choice}>
          <TextInput
            aria-label={t("settings.fields.choice", { place: place + 1 })}
            value={choice.label}
            maxLength={120}
            onChange={(event) => replace(place, { label: event.currentTarget.value })}
          />
          <NativeSelect
            className={styles.color}
            aria-label={t("settings.fields.color", { choice: choice.label || place + 1 })}
            value={choice.color ?? "gray"}
            data={choiceColors.map((color) => ({ value: color, label: t(`settings.fields.color.${color}`) }))}
            onChange={(event) => replace(place, { color: event.currentTarget.value })}
          />
          <IconButton
            icon={IconX}
            label={t("action.removeNamed", { name: choice.label || String(place + 1) })}
            onClick={() => onChange(choices.filter((_, index) => index !== place))}
          />
        </div>
      ))}
      {fault && <div role="alert">{fault}</div>}
      <div>
        <Button kind="subtle" icon={IconPlus} onClick={() => onChange([...choices, { label: "" }])}>
          {t("settings.fields.choice.add")}
        </Button>
      </div>
    </fieldset>
  )
}
