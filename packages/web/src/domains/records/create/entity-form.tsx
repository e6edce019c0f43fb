import { TextInput } from "@mantine/core"
import type { EntityName } from "@regulars/contract/entities.ts"
import { isWritable } from "@regulars/contract/kernel/entity.ts"
import { titleOf } from "../../../lib/format.ts"
import { useLabels } from "../../../lib/i18n.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { askedFields } from "./asked-fields.ts"
import { CreateFrame, type CreateProps, useCreate } from "./create-frame.tsx"
import { OwnInputs } from "./own-inputs.tsx"
import { useTyped } from "./use-typed.ts"

interface Typed {
  own: Record<string, unknown>
}
const empty: Typed = { own: {} }

/** A record of any entity: its name, what must be given, and what its list shows. */
export function EntityForm({ entity, ...props }: CreateProps & { entity: EntityName }) {
  const labels = useLabels(entity)
  const declaration = declarationOf(entity)
  const { title, fields } = declaration
  const [{ own }, setTyped, clear] = useTyped(entity, empty, props.begin)
  const { [title]: typedName = "", ...others } = own
  const name = String(typedName).trim()
  const state = useCreate(
    entity,
    { ...(name !== "" && { [title]: name }), ...others },
    {
      onSaved(record) {
        clear()
        props.onSaved(record, titleOf(record, title) || labels.one)
      },
    },
  )
  // What the server asks for besides gets an input, and keeps it once something stands in it.
  const keys = Object.keys(fields).filter(
    (key) => askedFields(declaration, others).includes(key) || key in others || isDemanded(key),
  )
  function isDemanded(key: string): boolean {
    const field = fields[key]
    return key !== title && field !== undefined && isWritable(field) && state.faultOf(key) !== undefined
  }
  const ready = name !== "" || !fields[title]?.required
  return (
    <CreateFrame state={state} props={props} entity={entity} ready={ready} clear={clear}>
      <TextInput
        label={labels.field(title)}
        value={String(typedName)}
        maxLength={fields[title]?.max}
        error={state.faultOf(title)}
        autoFocus
        data-autofocus=""
        autoComplete="off"
        onChange={(event) => setTyped({ own: { ...own, [title]: event.currentTarget.value } })}
      />
      <OwnInputs
        entity={entity}
        keys={keys}
        values={others}
        onChange={(next) => setTyped({ own: { ...next, [title]: typedName } })}
        faultOf={state.faultOf}
      />
    </CreateFrame>
  )
}
