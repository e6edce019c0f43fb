import type { EntityName } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { IconAdjustmentsHorizontal, IconFilter, IconX } from "@tabler/icons-react"
import { type ClipboardEvent, useState } from "react"
import { useT, withTexts } from "../../../../lib/i18n.tsx"
import { lazyPart } from "../../../../lib/lazy-part.tsx"
import { declarationOf } from "../../../../lib/records.ts"
import { useShortcut } from "../../../../lib/shortcuts.ts"
import { Button } from "../../../../ui/button.tsx"
import { Later } from "../../../../ui/later.tsx"
import { Popup } from "../../../../ui/popup.tsx"
import { Bone } from "../../../../ui/skeleton.tsx"
import { viewFilter } from "../list-state.ts"
import type { Narrowed } from "./filter-text.ts"
import styles from "./filters.module.css"
import { asGroup, groupOf, isGroup, joinOf, partsOf, tidy } from "./model.ts"
import { filterText } from "./sentence.ts"
import { useFilterWords } from "./use-filter-words.ts"

const ConditionPanel = lazyPart(
  () => withTexts(() => import("./condition-panel.tsx"), "views"),
  "ConditionPanel",
  "soon",
)
const FilterBuilder = lazyPart(
  () => withTexts(() => import("./filter-builder.tsx"), "views"),
  "FilterBuilder",
  "soon",
)

interface FilterBarProps {
  entity: EntityName
  narrowed: Narrowed
  onChange: (narrowed: Partial<Narrowed>) => void
  /** One button that opens the builder, for narrow screens. */
  narrow?: boolean
}
/** The filter as chips in plain words. Each opens to be changed; groups open in the builder. */
export function FilterBar({ entity, narrowed, onChange, narrow }: FilterBarProps) {
  const t = useT()
  const { f: filter, q: search } = narrowed
  const declaration = declarationOf(entity)
  const words = useFilterWords(filter, declaration)
  const [open, setOpen] = useState<number | "new" | null>(null)
  const [building, setBuilding] = useState(false)
  const [pasted, setPasted] = useState("")
  useShortcut({
    keys: "f",
    label: "list.keys.filter",
    group: "list",
    run: () => (narrow ? setBuilding(true) : setOpen("new")),
  })
  const group = asGroup(filter)
  const parts = partsOf(group)
  const join = joinOf(group)
  const put = (next: Filter[]) => onChange({ f: tidy(groupOf(join, next)) })
  const whole = (next: Filter[]) => viewFilter(search, tidy(groupOf(join, next)))
  const replace = (index: number, part: Filter | null) =>
    put(parts.flatMap((old, place) => (place === index ? (part ? [part] : []) : [old])))

  const closeNew = () => {
    setOpen(null)
    setPasted("")
  }
  /** Pasted onto the bar itself: what stands in its panels takes what is pasted there. */
  function onPaste({ target, currentTarget, clipboardData }: ClipboardEvent<HTMLElement>) {
    if (!currentTarget.contains(target as Node) || open !== null) return
    setPasted(clipboardData.getData("text/plain"))
    setOpen("new")
  }

  const builder = building && (
    <Later onClose={() => setBuilding(false)}>
      <FilterBuilder
        entity={entity}
        filter={filter}
        search={search}
        onClose={() => setBuilding(false)}
        onApply={(next) => {
          onChange(next)
          setBuilding(false)
        }}
      />
    </Later>
  )
  if (narrow)
    return (
      <>
        <Button icon={IconFilter} onClick={() => setBuilding(true)}>
          {t("filter.button", { count: parts.length })}
        </Button>
        {builder}
      </>
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame
    <div className={styles.bar} role="group" aria-label={t("filter.bar")} onPaste={onPaste}>
      {parts.map((part, index) => {
        const text = filterText(part, declaration, words)
        const chip = (
          <span className={styles.chip}>
            <button
              type="button"
              className={styles.chipText}
              title={text}
              aria-label={t("filter.edit", { condition: text })}
              aria-haspopup="dialog"
              onClick={() => (isGroup(part) ? setBuilding(true) : setOpen(open === index ? null : index))}
            >
              {text}
            </button>
            <button
              type="button"
              className={styles.chipRemove}
              aria-label={t("filter.remove", { condition: text })}
              onClick={() => replace(index, null)}
            >
              <IconX size={13} stroke={2} />
            </button>
          </span>
        )
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name and stay in their places
          <span key={index} className={styles.link}>
            {index > 0 && (
              <button
                type="button"
                className={styles.join}
                title={t("filter.join")}
                onClick={() => onChange({ f: groupOf(join === "all" ? "any" : "all", parts) })}
              >
                {t(join === "all" ? "filter.and" : "filter.or")}
              </button>
            )}
            <Panel target={chip} opened={open === index} onClose={() => setOpen(null)}>
              <ConditionPanel
                entity={entity}
                condition={part}
                whole={(next) => whole(parts.with(index, next))}
                onChange={(next) => replace(index, next)}
                onNarrow={onChange}
                onClose={() => setOpen(null)}
              />
            </Panel>
          </span>
        )
      })}
      <Panel
        opened={open === "new"}
        onClose={closeNew}
        target={
          <Button
            kind="subtle"
            icon={IconFilter}
            title={t("filter.add.hint")}
            aria-haspopup="dialog"
            aria-expanded={open === "new"}
            onClick={() => setOpen(open === "new" ? null : "new")}
          >
            {t("filter.add")}
          </Button>
        }
      >
        <ConditionPanel
          entity={entity}
          condition={null}
          whole={(next) => whole([...parts, next])}
          onChange={(next) => {
            put([...parts, next])
            setOpen(parts.length)
          }}
          onNarrow={onChange}
          pasted={pasted}
          onClose={closeNew}
        />
      </Panel>
      <Button kind="subtle" icon={IconAdjustmentsHorizontal} onClick={() => setBuilding(true)}>
        {t("filter.builder.open")}
      </Button>
      {parts.length > 1 && (
        <Button kind="subtle" onClick={() => onChange({ f: null })}>
          {t("filter.clear")}
        </Button>
      )}
      {builder}
    </div>
  )
}

interface PanelProps {
  target: React.ReactNode
  opened: boolean
  onClose: () => void
  children: React.ReactNode
}
function Panel({ target, opened, onClose, children }: PanelProps) {
  const t = useT()
  return (
    <Popup
      opened={opened}
      onClose={onClose}
      label={t("filter.bar")}
      className={styles.panel}
      targetClassName={styles.target}
      target={target}
    >
      <Later
        opened={opened}
        // Something that can hold the focus until the panel's own field does.
        fallback={
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the focus must not fall out of the panel meanwhile
          <div tabIndex={0} role="status" aria-label={t("state.loading")}>
            <Bone height={96} />
          </div>
        }
      >
        {opened && children}
      </Later>
    </Popup>
  )
}
