import { TextInput } from "@mantine/core"
import { type KeyboardEvent, useEffect, useState } from "react"
import { useT } from "../../../lib/i18n.tsx"

interface SavedInputProps {
  label: string
  /** For whoever can't see what stands around it; not shown. */
  hideLabel?: boolean
  value: string
  description?: string
  disabled?: boolean
  onSave: (value: string) => void
}
/** A needed text that is saved on Enter or on leaving; Esc and an empty field bring the old one back. */
export function SavedInput({ label, hideLabel, value, description, disabled, onSave }: SavedInputProps) {
  const t = useT()
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  function save() {
    const text = typed.trim()
    if (text === "") setTyped(value)
    else if (text !== value) onSave(text)
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === "Enter") save()
    if (event.key === "Escape") setTyped(value)
  }
  return (
    <TextInput
      label={hideLabel ? undefined : label}
      aria-label={hideLabel ? label : undefined}
      description={description}
      inputWrapperOrder={["label", "input", "description", "error"]}
      disabled={disabled}
      maxLength={120}
      value={typed}
      error={typed.trim() === "" ? t("fieldError.required") : undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={onKeyDown}
    />
  )
}
