import { type KeyboardEvent, useId, useState } from "react"
import { useT } from "../../lib/i18n.tsx"
import { TagChip } from "../chip.tsx"
import styles from "./fields.module.css"
import { addTags } from "./tags.ts"

interface TagsInputProps {
  value: readonly string[]
  onChange: (value: string[]) => void
  ariaLabel: string
  suggestions?: readonly string[]
  max?: number
  autoFocus?: boolean
}
/** A set of words: Enter or a comma adds one, Backspace in the empty field takes the last away. */
export function TagsInput({
  value,
  onChange,
  ariaLabel,
  suggestions = [],
  max = 100,
  autoFocus,
}: TagsInputProps) {
  const t = useT()
  const list = useId()
  const [typed, setTyped] = useState("")
  function add(text: string) {
    const next = addTags(value, text)
    if (next.length <= max) onChange(next)
    setTyped("")
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if ((event.key === "Enter" || event.key === ",") && typed.trim() !== "") {
      event.preventDefault()
      // Enter in an empty field belongs to whoever holds this one: it saves.
      event.stopPropagation()
      add(typed)
    } else if (event.key === "Backspace" && typed === "") onChange(value.slice(0, -1))
  }
  return (
    <div className={styles.tags}>
      {value.map((tag) => (
        <TagChip key={tag} tag={tag} onRemove={() => onChange(value.filter((other) => other !== tag))} />
      ))}
      <input
        className={styles.tagsInput}
        aria-label={ariaLabel}
        placeholder={value.length === 0 ? t("input.tags.placeholder") : undefined}
        list={list}
        value={typed}
        // biome-ignore lint/a11y/noAutofocus: the reader asked for this field by pressing Enter on it
        autoFocus={autoFocus}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => typed.trim() !== "" && add(typed)}
      />
      <datalist id={list}>
        {suggestions
          .filter((tag) => !value.includes(tag))
          .map((tag) => (
            <option key={tag} value={tag} />
          ))}
      </datalist>
    </div>
  )
}
