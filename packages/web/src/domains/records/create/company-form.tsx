import { TextInput } from "@mantine/core"
import { companies } from "@regulars/contract/domains/people.ts"
import { useLabels } from "../../../lib/i18n.tsx"
import { FormRow } from "../../../ui/form.tsx"
import { CreateFrame, type CreateProps, useCreate } from "./create-frame.tsx"
import { OwnInputs } from "./own-inputs.tsx"
import { companyOf, emptyCompany, type TypedCompany } from "./typed.ts"
import { useTyped } from "./use-typed.ts"

/** A company with what one knows at first. */
export function CompanyForm(props: CreateProps) {
  const labels = useLabels("companies")
  const [typed, setTyped, clear] = useTyped<TypedCompany>("companies", emptyCompany, props.begin)
  const change = (changes: Partial<TypedCompany>) => setTyped({ ...typed, ...changes })
  const name = typed.name.trim()
  const state = useCreate("companies", companyOf(typed), {
    onSaved(record) {
      clear()
      props.onSaved(record, name)
    },
  })
  return (
    <CreateFrame state={state} props={props} entity="companies" ready={name !== ""} clear={clear}>
      <TextInput
        label={labels.field("name")}
        value={typed.name}
        maxLength={companies.fields.name.max}
        error={state.faultOf("name")}
        autoFocus
        data-autofocus=""
        autoComplete="off"
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <FormRow>
        <TextInput
          label={labels.item("domains", "domain")}
          inputMode="url"
          autoCapitalize="none"
          value={typed.domain}
          error={state.faultOf("domains")}
          autoComplete="off"
          onChange={(event) => change({ domain: event.currentTarget.value })}
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
      <OwnInputs
        entity="companies"
        values={typed.own ?? {}}
        onChange={(own) => change({ own })}
        faultOf={state.faultOf}
      />
    </CreateFrame>
  )
}
