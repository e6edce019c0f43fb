import type { EntityName } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { useState } from "react"
import { useT } from "../../../../lib/i18n.tsx"
import { Button } from "../../../../ui/button.tsx"
import { ConditionEditor } from "./condition-editor.tsx"
import styles from "./filters.module.css"
import { isComplete } from "./model.ts"
import { SubjectPicker } from "./subject-picker.tsx"

interface ConditionPanelProps {
  entity: EntityName
  /** Null begins with the choice of what to look at. */
  condition: Filter | null
  onChange: (condition: Filter) => void
  onClose: () => void
}
/** What a chip of the filter bar opens: one condition, counting as soon as it says enough. */
export function ConditionPanel({ entity, condition, onChange, onClose }: ConditionPanelProps) {
  const t = useT()
  const [draft, setDraft] = useState(condition)
  function change(next: Filter) {
    setDraft(next)
    // A condition that is already in the bar stays there while its value is being typed anew.
    if (isComplete(next) && condition) onChange(next)
  }
  function done() {
    if (draft && isComplete(draft) && !condition) onChange(draft)
    onClose()
  }
  if (!draft) return <SubjectPicker entity={entity} onPick={setDraft} />
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        done()
      }}
    >
      <ConditionEditor entity={entity} condition={draft} onChange={change} />
      <div className={styles.footer}>
        <span className={styles.hint}>{!isComplete(draft) && t("filter.unfinished")}</span>
        <Button kind="primary" type="submit" disabled={!isComplete(draft)}>
          {t("action.done")}
        </Button>
      </div>
    </form>
  )
}
