import type { EntityName } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { useEffect, useEffectEvent, useState } from "react"
import { useT } from "../../../../lib/i18n.tsx"
import { Button } from "../../../../ui/button.tsx"
import { useErrorText } from "../../../../ui/states.tsx"
import { ConditionEditor } from "./condition-editor.tsx"
import type { Narrowed } from "./filter-text.ts"
import styles from "./filters.module.css"
import { isComplete } from "./model.ts"
import { SubjectPicker } from "./subject-picker.tsx"
import { useMatchCount } from "./use-match-count.ts"
import { usePastedFilter } from "./use-pasted-filter.ts"

interface ConditionPanelProps {
  entity: EntityName
  /** Null begins with the choice of what to look at. */
  condition: Filter | null
  /** What the list would be filtered by with the condition in its place. */
  whole: (condition: Filter) => Filter | undefined
  onChange: (condition: Filter) => void
  /** Takes a filter in the place of the one before. */
  onNarrow: (narrowed: Narrowed) => void
  /** A text that was pasted into the bar. */
  pasted?: string
  onClose: () => void
}
/** What a chip of the filter bar opens: one condition, counting as soon as it says enough. */
export function ConditionPanel(props: ConditionPanelProps) {
  const { entity, condition, whole, onChange, onClose } = props
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
  if (!draft) return <Beginning {...props} onPick={setDraft} />
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        done()
      }}
    >
      <ConditionEditor entity={entity} condition={draft} onChange={change} />
      <div className={styles.footer}>
        <span className={styles.hint} role="status">
          {isComplete(draft) ? <Matches entity={entity} filter={whole(draft)} /> : t("filter.unfinished")}
        </span>
        <Button kind="primary" type="submit" disabled={!isComplete(draft)}>
          {t("action.done")}
        </Button>
      </div>
    </form>
  )
}

/** The choice of what to look at, in whose place a whole filter may be pasted. */
function Beginning({
  entity,
  pasted,
  onNarrow,
  onClose,
  onPick,
}: ConditionPanelProps & { onPick: (condition: Filter) => void }) {
  const paste = usePastedFilter(entity, (narrowed) => {
    onNarrow(narrowed)
    onClose()
  })
  const readFirst = useEffectEvent(() => pasted && paste.read(pasted))
  useEffect(() => {
    readFirst()
  }, [])
  return <SubjectPicker entity={entity} onPick={onPick} paste={paste} pasted={pasted} />
}

function Matches({ entity, filter }: { entity: EntityName; filter: Filter | undefined }) {
  const t = useT()
  const errorText = useErrorText()
  const { count, isStale, error } = useMatchCount(entity, filter)
  if (error) return errorText(error).what
  return (
    <span className={styles.count} data-stale={isStale || undefined}>
      {count && t(count.capped ? "filter.matches.more" : "filter.matches", { count: count.value })}
    </span>
  )
}
