import type { MessageId } from "@regulars/locales/runtime.ts"
import { useT } from "../../lib/i18n.tsx"
import { type Shortcut, useShortcuts } from "../../lib/shortcuts.ts"
import { KeyHint } from "../../ui/key-hint.tsx"
import styles from "./key-table.module.css"

type Line = Pick<Shortcut, "keys" | "label">
/** Keys of the fields themselves, which no page registers. */
const editing: Line[] = [
  { keys: "Enter", label: "keys.editField" },
  { keys: "Enter", label: "keys.saveField" },
  { keys: "Tab", label: "keys.nextField" },
  { keys: "Escape", label: "keys.cancelField" },
]
const headings: [Shortcut["group"], MessageId][] = [
  ["general", "keys.general"],
  ["goTo", "keys.goTo"],
  ["list", "keys.list"],
  ["page", "keys.page"],
]

export function KeyTable() {
  const t = useT()
  const shortcuts = useShortcuts()
  return (
    <div className={styles.groups}>
      {headings.map(([group, heading]) => (
        <KeyGroup
          key={group}
          heading={t(heading)}
          lines={shortcuts.filter((entry) => entry.group === group)}
        />
      ))}
      <KeyGroup heading={t("keys.edit")} lines={editing} />
    </div>
  )
}

function KeyGroup({ heading, lines }: { heading: string; lines: readonly Line[] }) {
  const t = useT()
  if (lines.length === 0) return null
  return (
    <section className={styles.group}>
      <h3>{heading}</h3>
      <dl className={styles.list}>
        {lines.map((line) => (
          <div key={line.keys + line.label} className={styles.line}>
            <dt>{t(line.label)}</dt>
            <dd>
              <KeyHint keys={line.keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
