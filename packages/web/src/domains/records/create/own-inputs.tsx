import type { EntityName } from "@regulars/contract/entities.ts"
import { isOwnKey } from "@regulars/contract/kernel/own-fields.ts"
import { useLabels } from "../../../lib/i18n.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { FieldInput } from "../../../ui/fields/field-input.tsx"
import { Labelled } from "./create-frame.tsx"

interface OwnInputsProps {
  entity: EntityName
  values: Readonly<Record<string, unknown>>
  onChange: (values: Record<string, unknown>) => void
  faultOf: (path: string) => string | undefined
}
/** Own fields without which nothing can be created. */
export function OwnInputs({ entity, values, onChange, faultOf }: OwnInputsProps) {
  const labels = useLabels(entity)
  const needed = Object.entries(declarationOf(entity).fields).filter(
    ([key, field]) => isOwnKey(key) && field.required && field.default === undefined,
  )
  return needed.map(([key, field]) => (
    <Labelled key={key} label={labels.field(key)}>
      <FieldInput
        entity={entity}
        fieldKey={key}
        field={field}
        value={values[key] ?? null}
        ariaLabel={labels.field(key)}
        onChange={(next, problem) => problem || onChange({ ...values, [key]: next })}
      />
      {faultOf(key) && <div role="alert">{faultOf(key)}</div>}
    </Labelled>
  ))
}
