import { Combobox, TextInput, useCombobox } from "@mantine/core"
import { fold } from "@regulars/contract/kernel/fold.ts"
import { IconCheck, IconChevronDown } from "@tabler/icons-react"
import { Fragment, type KeyboardEvent, type ReactNode, type SyntheticEvent, useEffect, useState } from "react"
import { useT } from "../../lib/i18n.tsx"
import { matching } from "./matching.ts"
import styles from "./picker.module.css"

export interface PickerOption {
  value: string
  label: string
  description?: string
  mark?: ReactNode
  /** Options that follow each other under the same heading; search leaves headings as they are. */
  group?: string
}
export interface PickerProps {
  value: string | null
  options: readonly PickerOption[]
  onChange: (value: string | null) => void
  label?: string
  /** Accessible name where no label is shown. */
  ariaLabel?: string
  description?: string
  error?: ReactNode
  placeholder?: string
  required?: boolean
  /** Offers an entry that empties the value. */
  clearable?: boolean
  disabled?: boolean
  autoFocus?: boolean
  /** Text of the value while its option is not among `options`. */
  shown?: string
  /** Told what is typed: the options are then found by the caller and not filtered here. */
  onSearch?: (text: string) => void
  nothingFound?: string
  /** Offers to take what was typed as it is. */
  onCreate?: (text: string) => void
  createLabel?: (text: string) => string
  id?: string
}
/** Most options shown at once; typing finds the rest. */
const mostShown = 90
const clearing = "\0clear"
const creating = "\0create"

/** Chooses one of many by typing or by arrow keys. */
export function Picker(props: PickerProps) {
  const t = useT()
  const { value, options, onChange, onSearch, clearable, onCreate } = props
  const [typed, setTyped] = useState<string | null>(null)
  const combobox = useCombobox({
    onDropdownClose() {
      combobox.resetSelectedOption()
      setTyped(null)
      onSearch?.("")
    },
  })
  const chosen = options.find((option) => option.value === value)
  const found = onSearch || typed === null ? options : matching(options, typed)
  const text = typed ?? chosen?.label ?? (value ? (props.shown ?? value) : "")
  const wanted = typed?.trim() ?? ""
  const canCreate =
    onCreate && wanted !== "" && !options.some((option) => fold(option.label) === fold(wanted))

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is offered moves the marked entry
  useEffect(() => {
    if (typed) combobox.selectFirstOption()
  }, [typed, options])

  function submit(picked: string) {
    if (picked === creating) onCreate?.(wanted)
    else onChange(picked === clearing ? null : picked)
    combobox.closeDropdown()
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    // Esc closes only the top thing: first the options, then whatever holds the field.
    if (event.key === "Escape" && combobox.dropdownOpened) {
      event.stopPropagation()
      combobox.closeDropdown()
    }
  }
  return (
    <Combobox store={combobox} onOptionSubmit={submit} disabled={props.disabled}>
      <Combobox.Target withExpandedAttribute>
        <TextInput
          id={props.id}
          role="combobox"
          aria-autocomplete="list"
          label={props.label}
          aria-label={props.label ? undefined : props.ariaLabel}
          description={props.description}
          error={props.error}
          inputWrapperOrder={["label", "input", "description", "error"]}
          placeholder={props.placeholder}
          withAsterisk={false}
          required={props.required}
          disabled={props.disabled}
          autoFocus={props.autoFocus}
          value={text}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            onSearch?.(event.currentTarget.value)
            combobox.openDropdown()
          }}
          onFocus={(event) => event.currentTarget.select()}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={onKeyDown}
          rightSection={<IconChevronDown size={16} stroke={1.5} aria-hidden="true" />}
          rightSectionPointerEvents="none"
        />
      </Combobox.Target>
      <Combobox.Dropdown onMouseDown={stayInside} onTouchStart={stayInside}>
        <Combobox.Options className={styles.options} aria-label={props.label ?? props.ariaLabel}>
          {grouped(found.slice(0, mostShown)).map(({ group, options: own }) => {
            const shown = own.map((option) => (
              <OptionLine key={option.value} option={option} chosen={option.value === value} />
            ))
            return group ? (
              <Combobox.Group key={group} label={group}>
                {shown}
              </Combobox.Group>
            ) : (
              <Fragment key="">{shown}</Fragment>
            )
          })}
          {found.length === 0 && !canCreate && (
            <Combobox.Empty>{props.nothingFound ?? t("state.noResults")}</Combobox.Empty>
          )}
          {canCreate && (
            <Combobox.Option value={creating}>
              {props.createLabel?.(wanted) ?? t("action.addNamed", { name: wanted })}
            </Combobox.Option>
          )}
          {clearable && value !== null && typed === null && (
            <Combobox.Option value={clearing}>{t("input.link.clear")}</Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

/** The options lie on the page itself: choosing one is no click beside the window that holds the field. */
const stayInside = (event: SyntheticEvent) => event.stopPropagation()

function grouped(options: readonly PickerOption[]): { group: string | undefined; options: PickerOption[] }[] {
  return [...Map.groupBy(options, (option) => option.group)].map(([group, own]) => ({ group, options: own }))
}

function OptionLine({ option, chosen }: { option: PickerOption; chosen: boolean }) {
  return (
    <Combobox.Option value={option.value} active={chosen}>
      <span className={styles.option}>
        {option.mark}
        <span className={styles.words}>
          <span className={styles.label}>{option.label}</span>
          {option.description && <div className={styles.description}>{option.description}</div>}
        </span>
        {chosen && <IconCheck className={styles.tick} size={16} stroke={1.75} aria-hidden="true" />}
      </span>
    </Combobox.Option>
  )
}
