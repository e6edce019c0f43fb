import { NativeSelect, TextInput } from "@mantine/core"
import type { Import } from "@regulars/contract/domains/transfer.endpoints.ts"
import { useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useState } from "react"
import { useT } from "../../lib/i18n.tsx"
import { Button } from "../../ui/button.tsx"
import { toast } from "../../ui/toast.tsx"
import styles from "./import.module.css"
import { type ImportChange, importKeys, useMappings } from "./use-imports.ts"

interface BarProps {
  one: Import
  change: (body: ImportChange, options?: { onSuccess?: () => void }) => void
}
/** Takes a mapping that was saved before, or saves this one for the next file of its kind. */
export function MappingBar({ one, change }: BarProps) {
  const t = useT()
  const client = useQueryClient()
  const { data: mappings = [] } = useMappings(one.entity)
  const [name, setName] = useState<string | null>(null)
  function save(event: FormEvent) {
    event.preventDefault()
    const wanted = name?.trim()
    if (!wanted) return
    change(
      { saveMappingAs: wanted },
      {
        onSuccess() {
          setName(null)
          toast({ text: t("import.mapping.saved", { name: wanted }) })
          client.invalidateQueries({ queryKey: importKeys.mappings })
        },
      },
    )
  }
  if (name !== null)
    return (
      <form className={styles.bar} onSubmit={save}>
        <TextInput
          aria-label={t("import.mapping.name")}
          placeholder={t("import.mapping.name")}
          value={name}
          maxLength={120}
          autoFocus
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Escape" && setName(null)}
        />
        <Button type="submit" disabled={name.trim() === ""}>
          {t("action.save")}
        </Button>
        <Button kind="subtle" onClick={() => setName(null)}>
          {t("action.cancel")}
        </Button>
      </form>
    )
  const current = mappings.find((mapping) => mapping.name === one.mappingName)
  return (
    <>
      {mappings.length > 0 && (
        <NativeSelect
          aria-label={t("import.mapping.use")}
          value={current?.id ?? ""}
          onChange={(event) => event.currentTarget.value && change({ useMapping: event.currentTarget.value })}
          data={[
            { value: "", label: t("import.mapping.use"), disabled: true },
            ...mappings.map((mapping) => ({ value: mapping.id, label: mapping.name })),
          ]}
        />
      )}
      <Button onClick={() => setName(one.mappingName ?? "")}>{t("import.mapping.save")}</Button>
    </>
  )
}
