import { TextInput } from "@mantine/core"
import type { EntityName } from "@regulars/contract/entities.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import { fold } from "@regulars/contract/kernel/fold.ts"
import { type KeyboardEvent, useState } from "react"
import { useT } from "../../../../lib/i18n.tsx"
import { declarationOf } from "../../../../lib/records.ts"
import { looksLikeFilter } from "./filter-text.ts"
import styles from "./filters.module.css"
import {
  eventsOf,
  eventTextId,
  filterPaths,
  newCondition,
  relatedOf,
  relationsOf,
  usualWindow,
} from "./model.ts"
import { pathLabel, relationLabel } from "./sentence.ts"
import type { usePastedFilter } from "./use-pasted-filter.ts"

interface Choice {
  id: string
  label: string
  make: () => Filter
}
/** Chooses what a new condition looks at: a field, what is connected, what happened. */
export function SubjectPicker({
  entity,
  onPick,
  plain,
  paste,
  pasted = "",
}: {
  entity: EntityName
  onPick: (condition: Filter) => void
  /** Fields only: for conditions on the other side of a connection. */
  plain?: boolean
  /** Takes a whole filter where one is pasted in place of a field's name. */
  paste?: ReturnType<typeof usePastedFilter>
  /** What it begins with. */
  pasted?: string
}) {
  const t = useT()
  const [typed, setTyped] = useState(pasted)
  const declaration = declarationOf(entity)
  const fields: Choice[] = filterPaths(declaration).map((path) => ({
    id: path,
    label: pathLabel(t, declaration, path),
    make: () => newCondition(declaration, path),
  }))
  const related: Choice[] = relationsOf(declaration).map(({ name }) => ({
    id: `related.${name}`,
    label: relationLabel(t, declaration, name),
    make: () => relatedOf(name, "some", { all: [] }),
  }))
  const happened: Choice[] = eventsOf(declaration).map((event) => ({
    id: event,
    label: t.find(eventTextId(event)) ?? event,
    make: () => ({ event, count: { atLeast: 1 }, within: usualWindow }),
  }))
  const fits = (choice: Choice) => fold(choice.label).includes(fold(typed))
  const groups: [string, Choice[]][] = plain
    ? [["", fields.filter(fits)]]
    : [
        ["", fields.filter(fits)],
        [t("filter.pick.related"), related.filter(fits)],
        [t("filter.pick.happened"), happened.filter(fits)],
      ]
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0
    const inField = event.target instanceof HTMLInputElement
    if (event.key === "Enter" && inField) {
      event.preventDefault()
      const first = groups.flatMap(([, choices]) => choices)[0]
      if (first) onPick(first.make())
      else if (looksLikeFilter(typed)) paste?.read(typed)
    }
    if (step === 0) return
    event.preventDefault()
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("input,button")]
    stops[stops.indexOf(event.target as HTMLElement) + step]?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows lead from the field to the choices
    <div onKeyDown={onKeyDown}>
      <TextInput
        aria-label={t("filter.pick")}
        placeholder={t("filter.pick.placeholder")}
        value={typed}
        error={paste?.problem}
        data-autofocus
        autoFocus
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          paste?.forget()
        }}
        onPaste={(event) => {
          const text = event.clipboardData.getData("text/plain")
          if (looksLikeFilter(text)) paste?.read(text)
        }}
      />
      <div className={styles.pickList}>
        {groups.map(([heading, choices]) =>
          choices.length === 0 ? null : (
            <div key={heading}>
              {heading && <div className={styles.pickHeading}>{heading}</div>}
              {choices.map((choice) => (
                <button
                  key={choice.id}
                  type="button"
                  className={styles.pick}
                  onClick={() => onPick(choice.make())}
                >
                  {choice.label}
                </button>
              ))}
            </div>
          ),
        )}
        {groups.every(([, choices]) => choices.length === 0) && !paste?.problem && (
          <div className={styles.pickHeading}>{t("state.noResults")}</div>
        )}
      </div>
      {paste && <p className={styles.pickHeading}>{t("filter.pick.paste")}</p>}
    </div>
  )
}
