import { NativeSelect, TextInput } from "@mantine/core"
import type { EntityName } from "@regulars/contract/entities.ts"
import { useState } from "react"
import { useLabels, useT } from "../../lib/i18n.tsx"
import { declarationOf } from "../../lib/records.ts"

/** No heading can be called nothing. */
const newGroup = ""
function groupsOf(entity: EntityName, current: string): string[] {
  const groups = new Set(Object.values(declarationOf(entity).fields).map(({ group }) => group ?? "basics"))
  groups.delete("system")
  return [...groups.add("custom").add(current)]
}
/** Headings the entity has, and new ones in words of the workspace. */
export function GroupInput({
  entity,
  value,
  onChange,
}: {
  entity: EntityName
  value: string
  onChange: (group: string) => void
}) {
  const t = useT()
  const labels = useLabels(entity)
  const [known] = useState(() => groupsOf(entity, value))
  /** What is typed for a new heading; null: one of those known is chosen. */
  const [typed, setTyped] = useState<string | null>(null)
  function type(text: string) {
    setTyped(text)
    const words = text.trim()
    // Two headings of the same words would look like one that is torn apart.
    const same = known.find((group) => labels.group(group).toLowerCase() === words.toLowerCase())
    onChange(same ?? (words || "custom"))
  }
  return (
    <>
      <NativeSelect
        label={t("settings.fields.group")}
        value={typed === null ? value : newGroup}
        data={[
          ...known.map((group) => ({ value: group, label: labels.group(group) })),
          { value: newGroup, label: t("settings.fields.group.new") },
        ]}
        onChange={(event) => {
          const { value: chosen } = event.currentTarget
          if (chosen === newGroup) return type("")
          setTyped(null)
          onChange(chosen)
        }}
      />
      {typed !== null && (
        <TextInput
          label={t("settings.fields.group.name")}
          value={typed}
          maxLength={60}
          autoFocus
          onChange={(event) => type(event.currentTarget.value)}
        />
      )}
    </>
  )
}
