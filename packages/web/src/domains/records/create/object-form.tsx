import { TextInput } from "@mantine/core"
import { type ObjectName, objectFields } from "@regulars/contract/kernel/own-objects.ts"
import { useLabels } from "../../../lib/i18n.tsx"
import { CreateFrame, type CreateProps, useCreate } from "./create-frame.tsx"
import { OwnInputs } from "./own-inputs.tsx"
import { useTyped } from "./use-typed.ts"

interface Typed {
  name: string
  own: Record<string, unknown>
}
const empty: Typed = { name: "", own: {} }

/** A record of an own object, with its name and the fields that must be given. */
export function ObjectForm({ entity, ...props }: CreateProps & { entity: ObjectName }) {
  const labels = useLabels(entity)
  const [typed, setTyped, clear] = useTyped(entity, empty, props.begin)
  const name = typed.name.trim()
  const state = useCreate(
    entity,
    { name, ...typed.own },
    {
      onSaved(record) {
        clear()
        props.onSaved(record, name)
      },
    },
  )
  return (
    <CreateFrame state={state} props={props} entity={entity} ready={name !== ""} clear={clear}>
      <TextInput
        label={labels.field("name")}
        value={typed.name}
        maxLength={objectFields.fields.name.max}
        error={state.faultOf("name")}
        autoFocus
        data-autofocus=""
        autoComplete="off"
        onChange={(event) => setTyped({ ...typed, name: event.currentTarget.value })}
      />
      <OwnInputs
        entity={entity}
        values={typed.own}
        onChange={(own) => setTyped({ ...typed, own })}
        faultOf={state.faultOf}
      />
    </CreateFrame>
  )
}
