import { TextInput } from "@mantine/core"
import { people } from "@regulars/contract/domains/people.ts"
import { useLabels } from "../../../lib/i18n.tsx"
import { LinkInput } from "../../../ui/fields/link-input.tsx"
import { FormRow } from "../../../ui/form.tsx"
import { CreateFrame, type CreateProps, Labelled, useCreate } from "./create-frame.tsx"
import { OwnInputs } from "./own-inputs.tsx"
import { emptyPerson, personOf, type TypedPerson } from "./typed.ts"
import { useTyped } from "./use-typed.ts"

/** A person with what one knows at first: a name, an address or a number is enough. */
export function PersonForm(props: CreateProps) {
  const labels = useLabels("people")
  const [typed, setTyped, clear] = useTyped<TypedPerson>("people", emptyPerson, props.begin)
  const change = (changes: Partial<TypedPerson>) => setTyped({ ...typed, ...changes })
  const values = personOf(typed)
  const name = typed.name.trim() || typed.email.trim() || typed.phone.trim()
  const state = useCreate("people", values, {
    onSaved(record) {
      clear()
      props.onSaved(record, name)
    },
  })
  return (
    <CreateFrame state={state} props={props} entity="people" ready={name !== ""} clear={clear}>
      <TextInput
        label={labels.field("name")}
        value={typed.name}
        maxLength={people.fields.name.max}
        error={state.faultOf("name")}
        autoFocus
        data-autofocus=""
        autoComplete="off"
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <FormRow>
        <TextInput
          label={labels.field("emails")}
          inputMode="email"
          autoCapitalize="none"
          value={typed.email}
          error={state.faultOf("emails")}
          autoComplete="off"
          onChange={(event) => change({ email: event.currentTarget.value })}
        />
        <TextInput
          label={labels.field("phones")}
          type="tel"
          value={typed.phone}
          error={state.faultOf("phones")}
          autoComplete="off"
          onChange={(event) => change({ phone: event.currentTarget.value })}
        />
      </FormRow>
      <Labelled label={labels.field("companyId")}>
        <LinkInput
          target="companies"
          ariaLabel={labels.field("companyId")}
          value={typed.companyId}
          onChange={(id) => change({ companyId: id })}
        />
      </Labelled>
      <OwnInputs
        entity="people"
        values={typed.own ?? {}}
        onChange={(own) => change({ own })}
        faultOf={state.faultOf}
      />
    </CreateFrame>
  )
}
