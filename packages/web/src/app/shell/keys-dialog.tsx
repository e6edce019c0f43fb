import { useState } from "react"
import { useT } from "../../lib/i18n.tsx"
import { useShortcut } from "../../lib/shortcuts.ts"
import { Dialog } from "../../ui/dialog.tsx"
import { KeyTable } from "./key-table.tsx"

/** `?` shows every key that works right now. */
export function KeysDialog() {
  const t = useT()
  const [opened, setOpened] = useState(false)
  useShortcut({ keys: "?", label: "keys.help", group: "general", run: () => setOpened(true) })
  return (
    <Dialog opened={opened} onClose={() => setOpened(false)} title={t("keys.title")} width={640}>
      <KeyTable />
    </Dialog>
  )
}
