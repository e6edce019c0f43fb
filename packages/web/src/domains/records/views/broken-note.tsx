import type { EntityName } from "@regulars/contract/entities.ts"
import { IconAlertTriangle } from "@tabler/icons-react"
import { useFormats, useT } from "../../../lib/i18n.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { Button } from "../../../ui/button.tsx"
import { pathLabel } from "../list/filters/sentence.ts"
import styles from "./views.module.css"

/** Names the conditions a view or link has on what is no longer there, or hidden from this member. */
export function BrokenNote({
  entity,
  paths,
  onRemove,
}: {
  entity: EntityName
  paths: readonly string[]
  onRemove: () => void
}) {
  const t = useT()
  const formats = useFormats()
  const names = [...new Set(paths)].map((path) => pathLabel(t, declarationOf(entity), path))
  return (
    <div className={styles.broken} role="status">
      <IconAlertTriangle size={16} stroke={1.5} aria-hidden="true" />
      <span className={styles.words}>
        {t("view.broken", { count: names.length, fields: formats.list(names, "conjunction") })}
      </span>
      <Button kind="subtle" onClick={onRemove}>
        {t("view.broken.remove")}
      </Button>
    </div>
  )
}
