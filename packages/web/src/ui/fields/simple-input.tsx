import { Checkbox, Textarea, TextInput } from "@mantine/core"
import type { Choice, Field, ItemField, MonthDay } from "@regulars/contract/kernel/fields.ts"
import { type ReactNode, useState } from "react"
import { type Labels, useLabels, useT } from "../../lib/i18n.tsx"
import { CountryInput, LanguageInput, ZoneInput } from "./code-inputs.tsx"
import styles from "./fields.module.css"
import { LinkInput } from "./link-input.tsx"
import { MonthDayInput } from "./month-day-input.tsx"
import { parseText, textOf } from "./parse.ts"
import { Picker } from "./picker.tsx"

export interface FieldInputProps {
  entity: string
  /** Key of the field, or `list.part` for a part of a list's entries. */
  fieldKey: string
  field: Field
  value: unknown
  /** `problem` is a code `fieldError.<code>` while what is typed can't be a value. */
  onChange: (value: unknown, problem?: string) => void
  /** Accessible name; a visible label is the caller's. */
  ariaLabel: string
  placeholder?: string
  problem?: string
  autoFocus?: boolean
  disabled?: boolean
  /** Id of a `<datalist>`. */
  suggestions?: string
  id?: string
}

/** The input for one plain value: everything that can also be a part of a list's entries. */
export function SimpleInput(props: FieldInputProps): ReactNode {
  const labels = useLabels(props.entity)
  const { field, value, onChange, ariaLabel, autoFocus, disabled, placeholder } = props
  const error = useProblemText(props.problem)
  const picker = {
    id: props.id,
    value: (value ?? null) as string | null,
    clearable: !field.required,
    onChange: (next: string | null) => onChange(next),
    ariaLabel,
    autoFocus,
    disabled,
    error,
    placeholder,
  }
  switch (field.type) {
    case "choice":
      return <Picker {...picker} options={optionsOf(field, props.fieldKey, labels)} />
    case "rating":
      return (
        <Picker
          {...picker}
          value={value === null || value === undefined ? null : String(value)}
          onChange={(next) => onChange(next === null ? null : Number(next))}
          options={Array.from({ length: field.max ?? 5 }, (_, index) => ({
            value: String(index + 1),
            label: "★".repeat(index + 1),
          }))}
        />
      )
    case "choices":
      return (
        <ChoicesInput
          choices={field.choices.map((choice) => [choice, labels.choice(props.fieldKey, choice)])}
          value={(value ?? []) as string[]}
          onChange={onChange}
          ariaLabel={ariaLabel}
          autoFocus={autoFocus}
        />
      )
    case "country":
      return <CountryInput {...picker} />
    case "language":
      return <LanguageInput {...picker} />
    case "zone":
      return <ZoneInput {...picker} />
    case "link":
      return <LinkInput {...picker} target={field.target} />
    case "boolean":
      return (
        <Checkbox
          id={props.id}
          aria-label={ariaLabel}
          checked={value === true}
          disabled={disabled}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case "monthDay":
      return (
        <MonthDayInput
          value={(value ?? null) as MonthDay | null}
          onChange={onChange}
          ariaLabel={ariaLabel}
          autoFocus={autoFocus}
        />
      )
    default:
      return <TypedInput {...props} error={error} />
  }
}

/** A field's choices; below headings where they stand in several groups, as stages in their pipelines. */
function optionsOf({ choices, choiceGroup = "", choiceGroups = {} }: Choice, key: string, labels: Labels) {
  const hasGroups = new Set(choices.map((choice) => choiceGroups[choice])).size > 1
  return choices.map((choice) => ({
    value: choice,
    label: labels.choice(key, choice),
    ...(hasGroups && { group: labels.choice(choiceGroup, choiceGroups[choice] ?? "") }),
  }))
}
/** Sentence for a fault's code. */
export function useProblemText(problem: string | undefined): string | undefined {
  const t = useT()
  return problem && (t.find(`fieldError.${problem}`) ?? t("fieldError.invalid"))
}

interface ChoicesInputProps {
  choices: readonly (readonly [value: string, label: string])[]
  value: readonly string[]
  onChange: (value: string[]) => void
  ariaLabel: string
  autoFocus?: boolean | undefined
}
/** Several of some choices, kept in the order they are declared in. */
function ChoicesInput({ choices, value, onChange, ariaLabel, autoFocus }: ChoicesInputProps) {
  return (
    <fieldset className={styles.choices} aria-label={ariaLabel}>
      {choices.map(([choice, label], index) => (
        <Checkbox
          key={choice}
          label={label}
          checked={value.includes(choice)}
          autoFocus={autoFocus && index === 0}
          onChange={(event) => {
            const on = event.currentTarget.checked
            onChange(
              choices
                .map(([other]) => other)
                .filter((other) => (other === choice ? on : value.includes(other))),
            )
          }}
        />
      ))}
    </fieldset>
  )
}

const inputTypes: Partial<Record<Field["type"], string>> = {
  date: "date",
  time: "time",
  dateTime: "datetime-local",
  email: "email",
  phone: "tel",
}
const inputModes: Partial<
  Record<(Field | ItemField)["type"], "email" | "tel" | "url" | "decimal" | "numeric">
> = {
  url: "url",
  domain: "url",
  number: "decimal",
  percent: "decimal",
  money: "decimal",
  decimal: "decimal",
  integer: "numeric",
}
function TypedInput(props: FieldInputProps & { error?: string }) {
  const { field, value, onChange, ariaLabel, autoFocus, suggestions, disabled, placeholder, error, id } =
    props
  const [text, setText] = useState(() => textOf(field, value))
  function change(next: string) {
    setText(next)
    const parsed = parseText(field, next)
    if ("problem" in parsed) onChange(value, parsed.problem)
    else onChange(parsed.value)
  }
  const shared = {
    id,
    value: text,
    "aria-label": ariaLabel,
    placeholder,
    error,
    disabled,
    autoFocus,
    maxLength: "decimals" in field || field.type === "money" ? undefined : field.max,
  }
  if (field.type === "longText")
    return (
      <Textarea
        {...shared}
        rows={4}
        resize="vertical"
        onChange={(event) => change(event.currentTarget.value)}
      />
    )
  return (
    <TextInput
      {...shared}
      // E-mail addresses are checked by us: the browser's own check refuses letters outside ASCII.
      type={field.type === "email" ? "text" : (inputTypes[field.type] ?? "text")}
      inputMode={field.type === "email" ? "email" : inputModes[field.type]}
      autoCapitalize={field.type === "text" ? undefined : "none"}
      list={suggestions}
      autoComplete="off"
      onFocus={(event) => event.currentTarget.type === "text" && event.currentTarget.select()}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}
