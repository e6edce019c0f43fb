import { Checkbox, Textarea, TextInput } from "@mantine/core"
import type { Field, MonthDay, RecordReference, RichText } from "@regulars/contract/kernel/fields.ts"
import { lazy, type ReactNode, Suspense, useState } from "react"
import { useLabels, useT } from "../../lib/i18n.tsx"
import { Bone } from "../skeleton.tsx"
import { CountryInput, LanguageInput, ZoneInput } from "./code-inputs.tsx"
import { FilesInput } from "./file-input.tsx"
import { LinkInput, LinksInput } from "./link-input.tsx"
import { ListInput } from "./list-input.tsx"
import type { Item } from "./list-items.ts"
import { MapInput } from "./map-input.tsx"
import { MonthDayInput } from "./month-day-input.tsx"
import { parseText, textOf } from "./parse.ts"
import { Picker } from "./picker.tsx"
import { TagsInput } from "./tags-input.tsx"

const RichTextInput = lazy(async () => ({
  default: (await import("../rich-text/rich-text-input.tsx")).RichTextInput,
}))

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

/** The input that fits a declared field's type. It holds no state of its own beyond what is being typed. */
export function FieldInput(props: FieldInputProps): ReactNode {
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
      return (
        <Picker
          {...picker}
          options={field.choices.map((choice) => ({
            value: choice,
            label: labels.choice(props.fieldKey, choice),
          }))}
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
    case "links":
      return (
        <LinksInput
          targets={field.targets}
          value={(value ?? []) as RecordReference[]}
          onChange={onChange}
          ariaLabel={ariaLabel}
          max={field.max}
          autoFocus={autoFocus}
        />
      )
    case "tags":
      return (
        <TagsInput
          value={(value ?? []) as string[]}
          onChange={onChange}
          ariaLabel={ariaLabel}
          max={field.max}
          autoFocus={autoFocus}
        />
      )
    case "map":
      return (
        <MapInput
          value={(value ?? {}) as Record<string, string>}
          onChange={onChange}
          ariaLabel={ariaLabel}
          max={field.max}
          autoFocus={autoFocus}
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
    case "list":
      return (
        <ListInput
          entity={props.entity}
          fieldKey={props.fieldKey}
          field={field}
          value={(value ?? []) as Item[]}
          onChange={onChange}
          ariaLabel={ariaLabel}
          autoFocus={autoFocus}
        />
      )
    case "file":
      return (
        <FilesInput
          value={value ? [String(value)] : []}
          max={1}
          onChange={(ids) => onChange(ids[0] ?? null)}
          ariaLabel={ariaLabel}
        />
      )
    case "files":
      return (
        <FilesInput
          value={(value ?? []) as string[]}
          max={field.max}
          onChange={onChange}
          ariaLabel={ariaLabel}
        />
      )
    case "richText":
      return (
        <Suspense fallback={<Bone height={96} />}>
          <RichTextInput
            value={(value ?? null) as RichText | null}
            onChange={onChange}
            ariaLabel={ariaLabel}
            autoFocus={autoFocus}
          />
        </Suspense>
      )
    default:
      return <TypedInput {...props} error={error} />
  }
}

/** Sentence for a fault's code. */
export function useProblemText(problem: string | undefined): string | undefined {
  const t = useT()
  return problem && (t.find(`fieldError.${problem}`) ?? t("fieldError.invalid"))
}

const inputTypes: Partial<Record<Field["type"], string>> = {
  date: "date",
  time: "time",
  dateTime: "datetime-local",
  email: "email",
  phone: "tel",
}
const inputModes: Partial<Record<Field["type"], "email" | "tel" | "url" | "decimal" | "numeric">> = {
  url: "url",
  domain: "url",
  number: "decimal",
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
    maxLength: field.max,
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
