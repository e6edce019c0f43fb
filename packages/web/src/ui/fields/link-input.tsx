import { type EntityName, isEntityName } from "@regulars/contract/entities.ts"
import { type EntityDeclaration, isNeeded } from "@regulars/contract/kernel/entity.ts"
import type { Field, RecordReference } from "@regulars/contract/kernel/fields.ts"
import { me } from "@regulars/contract/kernel/filter.ts"
import { entityLabel } from "@regulars/locales/labels.ts"
import { IconUser } from "@tabler/icons-react"
import { useQuery } from "@tanstack/react-query"
import { useDeferredValue, useState } from "react"
import { namedEntity } from "../../lib/declarations.ts"
import { titleOf } from "../../lib/format.ts"
import { useLabels, useT } from "../../lib/i18n.tsx"
import { titleFields, useKnowName, useMembers, useNameOf } from "../../lib/names.ts"
import { keys } from "../../lib/query.ts"
import { declarationOf, fetchList, useCreateRecord } from "../../lib/records.ts"
import { useCan } from "../../lib/session.tsx"
import { Avatar } from "../avatar.tsx"
import { ChipRow } from "../chip.tsx"
import { NativeSelect } from "../native-select.tsx"
import { useErrorToast } from "../toast.tsx"
import { Picker, type PickerOption, type PickerProps } from "./picker.tsx"
import { RecordChip } from "./record-chip.tsx"

type LinkInputProps = Omit<PickerProps, "options" | "onSearch" | "shown"> & {
  /** Plural name of an entity, or `members`. */
  target: string
  /** Offers whoever looks (`me`) before the members: for filters. */
  withMe?: boolean
}
/** What needs nothing but a name can be made while choosing. */
function needsOnlyName({ fields, title }: EntityDeclaration): boolean {
  const needed = Object.keys(fields).filter((key) => isNeeded(fields[key] as Field))
  return needed.length === 1 && needed[0] === title
}

/** Chooses a record or a member by typing a part of the name. */
export function LinkInput({ target, withMe, ...props }: LinkInputProps) {
  if (isEntityName(target)) return <RecordInput entity={target} {...props} />
  return <MemberInput withMe={withMe} {...props} />
}

type MemberInputProps = Omit<LinkInputProps, "target">
function MemberInput({ withMe, ...props }: MemberInputProps) {
  const t = useT()
  const { data } = useMembers()
  const shown = useNameOf("members", props.value)
  const members = (data ?? [])
    .filter((member) => member.active || member.id === props.value)
    .map((member) => ({
      value: member.id,
      label: member.name,
      description: member.email,
      mark: <Avatar name={member.name} size={22} />,
    }))
  const mine = {
    value: me,
    label: t("filter.me"),
    description: t("filter.me.hint"),
    mark: <IconUser size={22} stroke={1.5} aria-hidden="true" />,
  }
  const options = withMe ? [mine, ...members] : members
  return (
    <Picker clearable {...props} options={options} shown={shown ?? ""} nothingFound={t("input.link.none")} />
  )
}

function RecordInput({
  entity,
  ...props
}: Omit<LinkInputProps, "target" | "withMe"> & { entity: EntityName }) {
  const t = useT()
  const labels = useLabels(entity)
  const [typed, setTyped] = useState("")
  const options = useFoundRecords(entity, typed)
  const shown = useNameOf(entity, props.value)
  const know = useKnowName()
  const create = useCreateRecord(entity)
  const showError = useErrorToast()
  const declaration = declarationOf(entity)
  const mayCreate = useCan(`${entity}:create`) && needsOnlyName(declaration)
  function choose(id: string | null) {
    const option = options.find((candidate) => candidate.value === id)
    if (option) know(entity, option.value, option.label)
    props.onChange(id)
  }
  function make(name: string) {
    create.mutateAsync({ values: { [declaration.title]: name } }).then((record) => {
      know(entity, record.id, name)
      props.onChange(record.id)
    }, showError)
  }
  return (
    <Picker
      clearable
      {...props}
      placeholder={props.placeholder ?? t("input.link.placeholder")}
      options={options}
      shown={shown ?? ""}
      onChange={choose}
      onSearch={setTyped}
      nothingFound={t("input.link.nothing")}
      onCreate={mayCreate ? make : undefined}
      createLabel={(name) => `${labels.new}: ${name}`}
    />
  )
}

/** Records whose words match what was typed; the first of the list while nothing is. */
function useFoundRecords(entity: EntityName, typed: string): PickerOption[] {
  const text = useDeferredValue(typed.trim())
  const { title, defaultSort, name } = declarationOf(entity)
  const params = {
    filter: text === "" ? undefined : { search: text },
    sort: [defaultSort],
    fields: [...titleFields(entity), ...(name === "people" ? ["companyId", "jobTitle"] : [])],
    limit: 20,
  }
  const { data } = useQuery({
    queryKey: keys.list(entity, params),
    queryFn: ({ signal }) => fetchList(entity, params, signal),
    placeholderData: (before) => before,
  })
  return (data?.data ?? []).map((row) => {
    const label = titleOf(row, title)
    const email = (row as { emails?: { address: string | null }[] }).emails?.[0]?.address ?? undefined
    return {
      value: row.id,
      label,
      description: email === label ? undefined : email,
      mark: <Avatar name={label} size={22} square={entity !== "people"} />,
    }
  })
}

const shownTargets = 2
interface LinksInputProps {
  targets: readonly string[]
  value: RecordReference[]
  onChange: (value: RecordReference[]) => void
  ariaLabel: string
  max?: number
  autoFocus?: boolean
}
/** Chooses any number of records of several kinds. */
export function LinksInput({ targets, value, onChange, ariaLabel, max = 50, autoFocus }: LinksInputProps) {
  const t = useT()
  // A search field each for the first two, which are people and companies; of all others the kind is chosen first.
  const others = targets.slice(shownTargets)
  const [other, setOther] = useState("")
  const offered = [...targets.slice(0, shownTargets), ...(other ? [other] : [])]
  return (
    <div style={{ display: "grid", gap: 6 }}>
      {value.length > 0 && (
        <ChipRow>
          {value.map((reference) => (
            <RecordChip
              key={reference.id}
              reference={reference}
              onRemove={() => onChange(value.filter((other) => other.id !== reference.id))}
            />
          ))}
        </ChipRow>
      )}
      {value.length < max &&
        offered.map((target, index) => (
          <LinksTarget
            key={target}
            target={target}
            ariaLabel={ariaLabel}
            autoFocus={autoFocus && index === 0}
            onPick={(id) => {
              const type = singularOf(target)
              if (!value.some((other) => other.id === id)) onChange([...value, { type, id }])
            }}
          />
        ))}
      {value.length < max && others.length > 0 && (
        <NativeSelect
          label={t("input.link.kind")}
          ariaLabel={`${ariaLabel}: ${t("input.link.kind")}`}
          value={other}
          options={["", ...others].map((name) => ({
            value: name,
            label: name === "" ? t("input.link.kind") : entityLabel(t, namedEntity(name), "one"),
          }))}
          onChange={setOther}
        />
      )}
    </div>
  )
}
function singularOf(target: string): string {
  return isEntityName(target) ? declarationOf(target).singular : "member"
}

function LinksTarget({
  target,
  ariaLabel,
  autoFocus,
  onPick,
}: {
  target: string
  ariaLabel: string
  autoFocus?: boolean
  onPick: (id: string) => void
}) {
  const labels = useLabels(target)
  return (
    <LinkInput
      target={target}
      value={null}
      clearable={false}
      autoFocus={autoFocus}
      ariaLabel={`${ariaLabel}: ${labels.one}`}
      placeholder={labels.one}
      onChange={(id) => id && onPick(id)}
    />
  )
}
