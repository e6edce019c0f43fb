import type { EntityName } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useDeferredValue, useState } from "react"
import { useT } from "../../../../lib/i18n.tsx"
import { keys } from "../../../../lib/query.ts"
import { declarationOf, fetchList } from "../../../../lib/records.ts"
import { Button } from "../../../../ui/button.tsx"
import { Dialog } from "../../../../ui/dialog.tsx"
import { ErrorLine } from "../../../../ui/states.tsx"
import { GroupEditor } from "./condition-editor.tsx"
import styles from "./filters.module.css"
import { asGroup, tidy } from "./model.ts"
import { filterSentence } from "./sentence.ts"
import { useFilterWords } from "./use-filter-words.ts"

interface FilterBuilderProps {
  entity: EntityName
  filter: Filter | null
  onApply: (filter: Filter | null) => void
  onClose: () => void
}
/** The whole filter at once: groups within groups, read back as a sentence, with a count that follows. */
export function FilterBuilder({ entity, filter, onApply, onClose }: FilterBuilderProps) {
  const t = useT()
  const declaration = declarationOf(entity)
  const [group, setGroup] = useState(() => asGroup(filter))
  const next = tidy(group)
  const words = useFilterWords(next, declaration)
  const { count, error } = useCount(entity, next)
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t("filter.builder")}
      width={720}
      actions={
        <>
          <Button kind="subtle" onClick={() => setGroup({ all: [] })}>
            {t("filter.clear")}
          </Button>
          <Button kind="primary" onClick={() => onApply(next)}>
            {count ? t("filter.builder.show", { count: count.value }) : t("filter.builder.counting")}
          </Button>
        </>
      }
    >
      <p className={styles.sentence} aria-live="polite">
        {filterSentence(next, declaration, words)}
      </p>
      <GroupEditor entity={entity} group={group} onChange={setGroup} />
      {error && <ErrorLine error={error} />}
    </Dialog>
  )
}

/** How many records match, a little after the last change. */
function useCount(entity: EntityName, filter: Filter | null) {
  const text = useDeferredValue(JSON.stringify(filter))
  const params = {
    filter: (JSON.parse(text) as Filter | null) ?? undefined,
    limit: 1,
    fields: [declarationOf(entity).title],
    count: "exact" as const,
  }
  const { data, error } = useQuery({
    queryKey: keys.list(entity, params),
    queryFn: async ({ signal }) => {
      // Typing a word makes one question, not one for each letter.
      await new Promise((resolve) => setTimeout(resolve, 180))
      signal.throwIfAborted()
      return (await fetchList(entity, params, signal)).count
    },
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  })
  return { count: data, error }
}
