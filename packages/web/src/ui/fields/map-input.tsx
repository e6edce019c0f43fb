import { TextInput } from "@mantine/core"
import { IconPlus, IconX } from "@tabler/icons-react"
import { useState } from "react"
import { useT } from "../../lib/i18n.tsx"
import { Button, IconButton } from "../button.tsx"
import styles from "./fields.module.css"

interface MapInputProps {
  value: Readonly<Record<string, string>>
  onChange: (value: Record<string, string>) => void
  ariaLabel: string
  max?: number
  autoFocus?: boolean
}
/** Free pairs of what and value: preferences, profiles. Rows without a name are left out. */
export function MapInput({ value, onChange, ariaLabel, max = 100, autoFocus }: MapInputProps) {
  const t = useT()
  const [rows, setRows] = useState<[string, string][]>(() => {
    const entries = Object.entries(value)
    return entries.length > 0 ? entries : [["", ""]]
  })
  function change(next: [string, string][]) {
    setRows(next)
    onChange(Object.fromEntries(next.map(([key, text]) => [key.trim(), text]).filter(([key]) => key !== "")))
  }
  return (
    <fieldset className={styles.rows} aria-label={ariaLabel}>
      {rows.map(([key, text], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; names change while they are typed
        <div key={index} className={styles.pair}>
          <TextInput
            aria-label={t("input.map.key")}
            placeholder={t("input.map.keyExample")}
            value={key}
            autoFocus={autoFocus && index === 0}
            onChange={(event) => change(rows.with(index, [event.currentTarget.value, text]))}
          />
          <TextInput
            aria-label={t("input.map.value")}
            placeholder={t("input.map.value")}
            value={text}
            onChange={(event) => change(rows.with(index, [key, event.currentTarget.value]))}
          />
          <IconButton
            icon={IconX}
            label={t("action.removeNamed", { name: key })}
            onClick={() => change(rows.toSpliced(index, 1))}
          />
        </div>
      ))}
      {rows.length < max && (
        <div>
          <Button kind="subtle" icon={IconPlus} onClick={() => setRows([...rows, ["", ""]])}>
            {t("action.add")}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
