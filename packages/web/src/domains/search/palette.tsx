import { Modal } from "@mantine/core"
import { IconBuilding, IconCheckbox, IconChevronRight, IconSearch } from "@tabler/icons-react"
import { Fragment, type KeyboardEvent, useEffect, useId, useRef, useState } from "react"
import type { Icon } from "../../lib/commands.ts"
import { useT } from "../../lib/i18n.tsx"
import { useNameOf } from "../../lib/names.ts"
import { Avatar } from "../../ui/avatar.tsx"
import { KeyHint } from "../../ui/key-hint.tsx"
import { ErrorLine } from "../../ui/states.tsx"
import { highlightParts } from "./matches.ts"
import styles from "./palette.module.css"
import { type PaletteEntry, type PaletteGroup, usePaletteGroups } from "./use-palette-groups.ts"

interface PaletteProps {
  typed: string
  onType: (typed: string) => void
  /** Enter was pressed and waits for what was typed to be found. */
  entered: boolean
  onEnter: (entered: boolean) => void
  onClose: () => void
}
/** Finds records, pages and commands by typing; arrow keys choose, Enter goes, Esc closes. */
export function Palette(props: PaletteProps) {
  const t = useT()
  return (
    <Modal
      opened
      onClose={props.onClose}
      withCloseButton={false}
      size={600}
      padding={0}
      yOffset="8dvh"
      transitionProps={{ duration: 0 }}
      attributes={{ content: { "aria-label": t("search.title") } }}
    >
      <Finder {...props} />
    </Modal>
  )
}

function Finder({ typed, onType, entered, onEnter, onClose }: PaletteProps) {
  const t = useT()
  const listId = useId()
  const [at, setAt] = useState(0)
  const { groups, searching, error } = usePaletteGroups(typed)
  const entries = groups.flatMap((group) => group.entries)
  const chosen = Math.min(at, entries.length - 1)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector(`[id="${listId}-${chosen}"]`)?.scrollIntoView({ block: "nearest" })
  }, [chosen, listId])

  function run(entry: PaletteEntry | undefined) {
    if (!entry) return
    onClose()
    // After the dialog has given the focus back, so that what opens next keeps it.
    setTimeout(entry.run)
  }
  useEffect(() => {
    // While the server still searches, the list shows what fitted the words before.
    if (!entered || searching) return
    onEnter(false)
    if (error === null) run(entries[chosen])
  })
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }
    const step = steps[event.key]
    if (step !== undefined && entries.length > 0) {
      const next = chosen + step
      const wrapped = Math.abs(step) === 1 ? (next + entries.length) % entries.length : next
      setAt(Math.max(0, Math.min(entries.length - 1, wrapped)))
    } else if (event.key === "Enter") onEnter(true)
    else return
    event.preventDefault()
  }
  const nothing = entries.length === 0 && !searching && error === null
  return (
    <div className={styles.palette}>
      <div className={styles.field}>
        <IconSearch size={18} stroke={1.5} aria-hidden="true" />
        <input
          className={styles.input}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen >= 0 ? `${listId}-${chosen}` : undefined}
          aria-label={t("shell.search")}
          placeholder={t("shell.search")}
          data-autofocus
          data-palette
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            onType(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
        <KeyHint keys="Escape" />
      </div>
      <div ref={list} id={listId} role="listbox" aria-label={t("search.results")} className={styles.list}>
        <Groups groups={groups} listId={listId} chosen={chosen} choose={setAt} run={run} />
      </div>
      {error !== null && <ErrorLine error={error} />}
      <div role="status" className={nothing ? styles.nothing : undefined}>
        {nothing && t("search.nothing", { text: typed.trim() })}
      </div>
    </div>
  )
}

interface GroupsProps {
  groups: readonly PaletteGroup[]
  listId: string
  chosen: number
  choose: (index: number) => void
  run: (entry: PaletteEntry) => void
}
function Groups({ groups, listId, chosen, choose, run }: GroupsProps) {
  let index = -1
  return groups.map((group) => (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a listbox
    <div key={group.heading} role="group" aria-label={group.heading}>
      <div className={styles.heading} aria-hidden="true">
        {group.heading}
      </div>
      {group.entries.map((entry) => {
        index += 1
        const own = index
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys for the whole list
          <div
            key={entry.id}
            id={`${listId}-${own}`}
            role="option"
            aria-selected={own === chosen}
            tabIndex={-1}
            className={styles.option}
            onMouseMove={() => own !== chosen && choose(own)}
            onClick={() => run(entry)}
          >
            <EntryLine entry={entry} />
          </div>
        )
      })}
    </div>
  ))
}

function EntryLine({ entry }: { entry: PaletteEntry }) {
  const t = useT()
  const { record, label, keys } = entry
  const known = useNameOf(record?.entity ?? "", label === undefined ? record?.id : undefined)
  const text = label ?? (known === null ? t("state.unnamed") : (known ?? "…"))
  const parts = highlightParts(text)
  const plain = parts.map((part) => part.text).join("")
  return (
    <>
      <Mark entry={entry} name={plain} />
      <span className={styles.words}>
        {parts.map((part, index) =>
          part.marked ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never change places
            <mark key={index} className={styles.mark}>
              {part.text}
            </mark>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never change places
            <Fragment key={index}>{part.text}</Fragment>
          ),
        )}
        {entry.sub && <span className={styles.sub}>{entry.sub}</span>}
      </span>
      {keys && <KeyHint keys={keys} />}
    </>
  )
}
function Mark({ entry: { record, icon: Own }, name }: { entry: PaletteEntry; name: string }) {
  const signs: Record<string, Icon | undefined> = { companies: IconBuilding, tasks: IconCheckbox }
  const known = record && signs[record.entity]
  if (record && !known) return <Avatar name={name} size={24} square={record.entity !== "people"} />
  const Sign = known ?? Own ?? IconChevronRight
  return (
    <span className={styles.icon}>
      <Sign size={18} stroke={1.5} />
    </span>
  )
}
