import type { EntityName } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import type { Translate } from "@regulars/locales/runtime.ts"
import { IconCheck, IconClipboard, IconCopy } from "@tabler/icons-react"
import { useState } from "react"
import { useT } from "../../../../lib/i18n.tsx"
import { declarationOf } from "../../../../lib/records.ts"
import { Button } from "../../../../ui/button.tsx"
import { useCopy } from "../../../../ui/copy-on-click.tsx"
import { Dialog } from "../../../../ui/dialog.tsx"
import { ErrorLine } from "../../../../ui/states.tsx"
import { viewFilter } from "../list-state.ts"
import { GroupEditor } from "./condition-editor.tsx"
import { type Narrowed, textOfFilter } from "./filter-text.ts"
import styles from "./filters.module.css"
import { asGroup, tidy } from "./model.ts"
import { PasteField } from "./paste-field.tsx"
import { filterSentence } from "./sentence.ts"
import { useFilterWords } from "./use-filter-words.ts"
import { useMatchCount } from "./use-match-count.ts"
import { usePastedFilter } from "./use-pasted-filter.ts"

interface FilterBuilderProps {
  entity: EntityName
  filter: Filter | null
  /** What the list is searched for besides, until a filter with words of its own is pasted. */
  search: string
  onApply: (narrowed: Narrowed) => void
  onClose: () => void
}
/** The whole filter at once: groups within groups, read back as a sentence, with a count that follows. */
export function FilterBuilder({ entity, filter, onApply, onClose, ...props }: FilterBuilderProps) {
  const t = useT()
  const declaration = declarationOf(entity)
  const [group, setGroup] = useState(() => asGroup(filter))
  const [search, setSearch] = useState(props.search)
  const [pasting, setPasting] = useState(false)
  const next = tidy(group)
  const whole = viewFilter(search, next)
  const words = useFilterWords(next, declaration)
  const sentence = filterSentence(whole ?? null, declaration, words)
  const [taken, setTaken] = useState(0)
  const paste = usePastedFilter(entity, ({ f, q }) => {
    setGroup(asGroup(f))
    setSearch(q)
    setTaken(taken + 1)
    setPasting(false)
  })
  const matches = useMatchCount(entity, whole)
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
          <Button kind="primary" onClick={() => onApply({ f: next, q: search })}>
            <span className={styles.count} data-stale={matches.isStale || undefined}>
              {showText(matches, t)}
            </span>
          </Button>
        </>
      }
    >
      <div className={styles.sentence}>
        <p aria-live="polite">{sentence}</p>
        <CopyFilter entity={entity} sentence={sentence} narrowed={{ f: next, q: search }} />
        <Button kind="subtle" icon={IconClipboard} onClick={() => setPasting(!pasting)}>
          {t("filter.paste")}
        </Button>
        {pasting && <PasteField {...paste} />}
      </div>
      <GroupEditor key={taken} entity={entity} group={group} onChange={setGroup} />
      {matches.error && <ErrorLine error={matches.error} />}
    </Dialog>
  )
}

/** Takes the filter along as a sentence and a link, to be sent to somebody. */
function CopyFilter({
  entity,
  sentence,
  narrowed,
}: {
  entity: EntityName
  sentence: string
  narrowed: Narrowed
}) {
  const t = useT()
  const { copied, copy } = useCopy()
  return (
    <Button
      kind="subtle"
      icon={copied ? IconCheck : IconCopy}
      disabled={!narrowed.f && narrowed.q === ""}
      onClick={() => copy(textOfFilter(sentence, window.location.origin, entity, narrowed))}
    >
      <span aria-live="polite">{t(copied ? "action.copied" : "filter.copy")}</span>
    </Button>
  )
}

function showText({ count, isRefused, error }: ReturnType<typeof useMatchCount>, t: Translate): string {
  if (!count) return t(isRefused || error ? "filter.builder.showAny" : "filter.builder.counting")
  return t(count.capped ? "filter.builder.showMore" : "filter.builder.show", { count: count.value })
}
