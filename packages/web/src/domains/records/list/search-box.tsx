import { CloseButton, TextInput } from "@mantine/core"
import { IconSearch } from "@tabler/icons-react"
import { useEffect, useRef, useState } from "react"
import { useT } from "../../../lib/i18n.tsx"
import { useShortcut } from "../../../lib/shortcuts.ts"
import styles from "./list-page.module.css"

/** Pause after typing before the list is asked (milliseconds). */
const pause = 160

/** Searches the list while one types; `/` leads here, arrow down back to the rows. */
export function SearchBox({
  value,
  onChange,
  label,
}: {
  value: string
  onChange: (value: string) => void
  label: string
}) {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(value)
  const sent = useRef(value)
  useShortcut({ keys: "/", label: "list.keys.search", group: "list", run: () => input.current?.focus() })
  // The address changed otherwise: back button, "show everything".
  useEffect(() => {
    if (value !== sent.current) setTyped(value)
    sent.current = value
  }, [value])
  useEffect(() => {
    if (typed === sent.current) return
    const timer = setTimeout(() => {
      sent.current = typed
      onChange(typed)
    }, pause)
    return () => clearTimeout(timer)
  }, [typed, onChange])
  return (
    <TextInput
      ref={input}
      className={styles.search}
      type="search"
      role="searchbox"
      aria-label={label}
      placeholder={label}
      value={typed}
      maxLength={200}
      leftSection={<IconSearch size={16} stroke={1.5} aria-hidden="true" />}
      rightSection={
        typed !== "" && (
          <CloseButton size="sm" aria-label={t("list.search.clear")} onClick={() => setTyped("")} />
        )
      }
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && typed !== "") {
          event.stopPropagation()
          setTyped("")
        } else if (event.key === "ArrowDown") {
          event.preventDefault()
          document.querySelector<HTMLElement>("[role=grid] [tabindex='0']")?.focus()
        }
      }}
    />
  )
}
