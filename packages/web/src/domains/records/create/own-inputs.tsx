import type { EntityName } from "@regulars/contract/entities.ts"
import { isNeeded, isWritable } from "@regulars/contract/kernel/entity.ts"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { isOwnKey } from "@regulars/contract/kernel/own-fields.ts"
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react"
import { useState } from "react"
import { useLabels, useT } from "../../../lib/i18n.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { Button } from "../../../ui/button.tsx"
import { FieldInput } from "../../../ui/fields/field-input.tsx"
import { isEmptyValue } from "../../../ui/fields/is-empty.ts"
import type { OwnValues } from "../compose/use-compose-form.ts"
import { Labelled } from "./create-frame.tsx"

interface OwnInputsProps {
  entity: EntityName
  values: Readonly<OwnValues>
  onChange: (values: OwnValues) => void
  faultOf?: (path: string) => string | undefined
  /** Those that may stay empty as well, folded away. */
  all?: boolean
  /** Keys of what is asked for; else the own fields that must be given. */
  keys?: readonly string[]
}
/** Fields without which nothing can be created, and those that something stands in to begin with. */
export function OwnInputs({ entity, values, onChange, faultOf, all = false, keys }: OwnInputsProps) {
  const t = useT()
  // Those that are emptied while one types stay where they are.
  const [filled] = useState(() => Object.keys(values).filter((key) => !isEmptyValue(values[key])))
  const [unfolded, setUnfolded] = useState(false)
  const fields = Object.entries(declarationOf(entity).fields)
  const isAsked = ([key, field]: [string, Field]) =>
    (keys?.includes(key) ?? (isOwnKey(key) && isNeeded(field, values))) ||
    (isWritable(field) && filled.includes(key))
  const isFolded = ([key, field]: [string, Field]) =>
    all && isOwnKey(key) && isWritable(field) && !field.hidden && !isAsked([key, field])
  const folded = fields.filter(isFolded)
  const shown = fields.filter((field) => isAsked(field) || (unfolded && isFolded(field)))
  return (
    <>
      {shown.map(([key, field]) => (
        <AskedInput
          key={key}
          entity={entity}
          fieldKey={key}
          field={field}
          value={key in values ? values[key] : (field.default ?? null)}
          fault={faultOf?.(key)}
          onChange={(next) => onChange({ ...values, [key]: next })}
        />
      ))}
      {folded.length > 0 && (
        <div>
          <Button
            kind="subtle"
            icon={unfolded ? IconChevronUp : IconChevronDown}
            aria-expanded={unfolded}
            onClick={() => setUnfolded(!unfolded)}
          >
            {unfolded ? t("list.fields.less") : t("list.fields.more", { count: folded.length })}
          </Button>
        </div>
      )}
    </>
  )
}

interface AskedInputProps {
  entity: EntityName
  fieldKey: string
  field: Field
  value: unknown
  fault: string | undefined
  autoFocus?: boolean
  onChange: (value: unknown) => void
}
/** One field of a form that creates, with its label and what the server said against it. */
export function AskedInput({ entity, fieldKey, field, value, fault, autoFocus, onChange }: AskedInputProps) {
  const label = useLabels(entity).field(fieldKey)
  return (
    <Labelled label={label}>
      <FieldInput
        entity={entity}
        fieldKey={fieldKey}
        field={field}
        value={value}
        ariaLabel={label}
        autoFocus={autoFocus}
        onChange={(next, problem) => problem || onChange(next)}
      />
      {fault && <div role="alert">{fault}</div>}
    </Labelled>
  )
}
