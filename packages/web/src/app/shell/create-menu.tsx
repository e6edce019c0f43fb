import type { ReactElement } from "react"
import { useCreateEntries } from "../../lib/commands.ts"
import { useT } from "../../lib/i18n.tsx"
import { Menu } from "../../ui/menu.tsx"

/** The "+" of the shell: whatever the areas of the product registered as quick to create. */
export function CreateMenu({
  children,
  position,
}: {
  children: ReactElement
  position?: "bottom-end" | "top-end"
}) {
  const t = useT()
  const entries = useCreateEntries()
  if (entries.length === 0) return null
  return (
    <Menu
      target={children}
      position={position ?? "bottom-end"}
      groups={[
        {
          heading: t("shell.create.menu"),
          entries: entries.map((entry) => ({ ...entry, label: entry.text ?? t(entry.label) })),
        },
      ]}
    />
  )
}
