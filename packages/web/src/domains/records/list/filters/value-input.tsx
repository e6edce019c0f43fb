import { Checkbox, TextInput } from "@mantine/core"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Field, ItemField } from "@regulars/contract/kernel/fields.ts"
import { type FieldCondition, type FilterValue, me } from "@regulars/contract/kernel/filter.ts"
import { minorUnits } from "@regulars/contract/kernel/money.ts"
import { useLabels, useT } from "../../../../lib/i18n.tsx"
import { useNameOf } from "../../../../lib/names.ts"
import { TagChip } from "../../../../ui/chip.tsx"
import { CountryInput, LanguageInput, ZoneInput } from "../../../../ui/fields/code-inputs.tsx"
import { LinkInput } from "../../../../ui/fields/link-input.tsx"
import { TagsInput } from "../../../../ui/fields/tags-input.tsx"
import styles from "./filters.module.css"
import type { Subject } from "./model.ts"
import { Select, TimeInput } from "./time-input.tsx"

export interface ValueInputProps {
  entity: EntityDeclaration
  condition: FieldCondition
  subject: Subject
  onChange: (value: FilterValue | undefined) => void
}
const many = (op: FieldCondition["op"]) => ["isAnyOf", "isNoneOf", "hasAll"].includes(op)

/** The value of a condition, entered as its field and operator need it; nothing for "is empty". */
export function ValueInput(props: ValueInputProps) {
  const t = useT()
  const { condition, subject, onChange } = props
  const { op, value } = condition
  const type = subject.value
  if (op === "isEmpty" || op === "isNotEmpty") return null
  if (["date", "dateTime", "monthDay"].includes(type.type) && subject.field.type !== "list")
    return <TimeInput op={op} value={value} onChange={onChange} />
  switch (type.type) {
    case "choice":
    case "choices":
      return <ChoiceInput {...props} choices={type.choices} />
    case "boolean":
      return (
        <Select
          label={t("filter.value")}
          value={value === false ? "no" : "yes"}
          options={[
            ["yes", t("filter.yes")],
            ["no", t("filter.no")],
          ]}
          onChange={(next) => onChange(next === "yes")}
        />
      )
    case "link":
      return <LinksValue targets={[type.target]} single={!many(op)} value={value} onChange={onChange} />
    case "links":
      return <LinksValue targets={type.targets} single={false} value={value} onChange={onChange} />
    case "integer":
    case "number":
    case "percent":
    case "rating":
      return <NumberValue op={op} value={value} onChange={onChange} />
    case "money":
      // Filters speak of minor units, people of whole ones.
      return (
        <NumberValue op={op} value={value} onChange={onChange} units={minorUnits(type.currency ?? "EUR")} />
      )
    case "country":
    case "language":
    case "zone":
      return <CodeValue type={type} single={!many(op)} value={value} onChange={onChange} />
    default:
      if (type.type === "tags" || many(op))
        return (
          <TagsInput
            ariaLabel={t("filter.value")}
            value={textsOf(value)}
            onChange={(next) => onChange(next.length > 0 ? next : undefined)}
          />
        )
      return (
        <TextInput
          aria-label={t("filter.value")}
          value={typeof value === "string" ? value : ""}
          type={type.type === "time" ? "time" : "text"}
          maxLength={500}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      )
  }
}
const textsOf = (value: FieldCondition["value"]): string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === "string" && value !== "" ? [value] : []

function ChoiceInput({
  entity,
  condition,
  choices,
  onChange,
}: ValueInputProps & { choices: readonly string[] }) {
  const t = useT()
  const labels = useLabels(entity.name)
  const { op, value, field } = condition
  if (!many(op))
    return (
      <Select
        label={t("filter.value")}
        value={typeof value === "string" ? value : ""}
        options={[
          ["", "–"] as const,
          ...choices.map((choice) => [choice, labels.choice(field, choice)] as const),
        ]}
        onChange={(next) => onChange(next || undefined)}
      />
    )
  const chosen = textsOf(value)
  return (
    <fieldset className={styles.choices} aria-label={t("filter.value")}>
      {choices.map((choice) => (
        <Checkbox
          key={choice}
          label={labels.choice(field, choice)}
          checked={chosen.includes(choice)}
          onChange={(event) => {
            // In the order declared, so that the sentence reads the same however it was clicked together.
            const on = event.currentTarget.checked
            const next = choices.filter((other) => (other === choice ? on : chosen.includes(other)))
            onChange(next.length > 0 ? next : undefined)
          }}
        />
      ))}
    </fieldset>
  )
}

interface Plain {
  value: FieldCondition["value"]
  onChange: (value: FilterValue | undefined) => void
}
function LinksValue({
  targets,
  single,
  value,
  onChange,
}: Plain & { targets: readonly string[]; single: boolean }) {
  const t = useT()
  const chosen = textsOf(value)
  // What is about a record of any other kind is found from that record's side.
  const offered = targets.slice(0, 2)
  const put = (next: string[]) => onChange(next.length > 0 ? next : undefined)
  return (
    <div className={styles.condition}>
      {!single && chosen.length > 0 && (
        <div className={styles.inline}>
          {chosen.map((id) => (
            <NamedChip
              key={id}
              targets={targets}
              id={id}
              onRemove={() => put(chosen.filter((other) => other !== id))}
            />
          ))}
        </div>
      )}
      {offered.map((target) => (
        <LinkInput
          key={`${target}${single ? "" : chosen.length}`}
          target={target}
          withMe
          ariaLabel={t(single || chosen.length === 0 ? "filter.value" : "filter.value.add")}
          value={single ? (chosen[0] ?? null) : null}
          clearable={false}
          onChange={(id) => {
            if (single) onChange(id ?? undefined)
            else if (id && !chosen.includes(id)) put([...chosen, id])
          }}
        />
      ))}
    </div>
  )
}
function NamedChip({
  targets,
  id,
  onRemove,
}: {
  targets: readonly string[]
  id: string
  onRemove: () => void
}) {
  const t = useT()
  const name = useNameOf(targets[0] ?? "", id)
  const other = useNameOf(targets[1] ?? "", targets[1] ? id : null)
  const isMe = id === me && targets.includes("members")
  return <TagChip tag={isMe ? t("filter.me") : (name ?? other ?? "…")} onRemove={onRemove} />
}

function NumberValue({
  op,
  value,
  onChange,
  units = 1,
}: Plain & { op: FieldCondition["op"]; units?: number }) {
  const t = useT()
  const field = (label: string, given: unknown, put: (next: number | "") => void) => (
    <TextInput
      type="number"
      className={styles.number}
      aria-label={label}
      defaultValue={typeof given === "number" ? given / units : ""}
      onChange={({ currentTarget: { value: typed } }) =>
        put(typed === "" ? "" : units === 1 ? Number(typed) : Math.round(Number(typed) * units))
      }
    />
  )
  if (op !== "between")
    return field(t("filter.value"), value, (next) => onChange(next === "" ? undefined : next))
  const [from = "", to = ""] = Array.isArray(value) ? (value as (number | "")[]) : []
  return (
    <div className={styles.inline}>
      {field(t("filter.value.from"), from, (next) => onChange([next, to]))}
      {field(t("filter.value.to"), to, (next) => onChange([from, next]))}
    </div>
  )
}

function CodeValue({ type, single, value, onChange }: Plain & { type: Field | ItemField; single: boolean }) {
  const t = useT()
  const chosen = textsOf(value)
  const Input = type.type === "country" ? CountryInput : type.type === "language" ? LanguageInput : ZoneInput
  const put = (next: string[]) => onChange(next.length > 0 ? next : undefined)
  return (
    <div className={styles.condition}>
      {!single && (
        <div className={styles.inline}>
          {chosen.map((code) => (
            <TagChip key={code} tag={code} onRemove={() => put(chosen.filter((other) => other !== code))} />
          ))}
        </div>
      )}
      <Input
        key={single ? "one" : chosen.length}
        ariaLabel={t("filter.value")}
        value={single ? (chosen[0] ?? null) : null}
        onChange={(code: string | null) => {
          if (single) onChange(code ?? undefined)
          else if (code && !chosen.includes(code)) put([...chosen, code])
        }}
      />
    </div>
  )
}
