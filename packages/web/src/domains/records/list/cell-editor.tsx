import { Popover } from "@mantine/core"
import type { Field } from "@regulars/contract/kernel/fields.ts"
import { type FocusEvent, type KeyboardEvent, useRef, useState } from "react"
import { useT } from "../../../lib/i18n.tsx"
import { Button } from "../../../ui/button.tsx"
import { FieldInput, useProblemText } from "../../../ui/fields/field-input.tsx"
import { sameValue } from "../../../ui/fields/use-editing.ts"
import styles from "./grid.module.css"

/** What ends an edit: where the focus goes next. */
export type Leave = "stay" | "next" | "previous" | "down" | "elsewhere"
/** What a cell held when editing it began. */
export interface CellBefore {
  value: unknown
  /** Of the record. */
  version: number | undefined
}
interface CellEditorProps {
  entity: string
  fieldKey: string
  field: Field
  label: string
  /** What is to be edited: what the cell holds, or what was typed and refused. */
  value: unknown
  /** What the cell holds; others may change that while somebody types, so the first one counts. */
  before: CellBefore
  /** Why the last attempt was refused. */
  reason?: string
  /** Pixels; the editor is never narrower than its cell. */
  width: number
  save: (value: unknown, before: CellBefore) => void
  leave: (how: Leave) => void
}
const large: readonly Field["type"][] = ["list", "map", "links", "longText", "monthDay", "tags", "choices"]
const byChoice: readonly Field["type"][] = [
  "choice",
  "country",
  "language",
  "zone",
  "link",
  "boolean",
  "rating",
]

/** Edits one cell where it stands: Enter saves, Esc cancels, Tab saves and goes on. */
export function CellEditor(props: CellEditorProps) {
  const { field, value, reason, width, save, leave } = props
  const t = useT()
  const draft = useRef<{ value: unknown; problem?: string }>({ value })
  const [before] = useState(props.before)
  const [shown, setShown] = useState(value)
  const [problem, setProblem] = useState<string>()
  const problemText = useProblemText(problem)
  const isLarge = large.includes(field.type)
  const done = useRef(false)

  function finish(how: Leave, given?: unknown): boolean {
    if (done.current) return true
    const next = given === undefined ? draft.current : { value: given }
    if (next.problem) {
      setProblem(next.problem)
      return false
    }
    done.current = true
    if (!sameValue(next.value, before.value)) save(next.value, before)
    leave(how)
    return true
  }
  function cancel(how: Leave) {
    done.current = true
    leave(how)
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    // Keys typed here are no commands of the grid around.
    event.stopPropagation()
    if (event.defaultPrevented || event.nativeEvent.isComposing) return
    const target = event.target as HTMLElement
    if (event.key === "Escape") cancel("stay")
    else if (event.key === "Enter" && !target.closest("button,select")) {
      if (field.type === "longText" && !event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      finish("down")
    } else if (event.key === "Tab" && (!isLarge || field.type === "tags" || field.type === "longText")) {
      event.preventDefault()
      finish(event.shiftKey ? "previous" : "next")
    }
  }
  function onBlur(event: FocusEvent<HTMLElement>) {
    const next = event.relatedTarget as HTMLElement | null
    if (event.currentTarget.contains(next) || next?.closest("[role=listbox],[role=dialog]")) return
    // Another window is no decision; neither is a scroll that takes the focus from a list being edited.
    if (!document.hasFocus() || (isLarge && next === null)) return
    if (!finish("elsewhere")) cancel("elsewhere")
  }
  return (
    <Popover
      opened
      position="bottom-start"
      offset={-36}
      withinPortal
      shadow="md"
      trapFocus={false}
      withRoles={false}
    >
      <Popover.Target>
        <span className={styles.anchor} />
      </Popover.Target>
      <Popover.Dropdown
        role="dialog"
        className={styles.editor}
        style={{ width: Math.max(width, isLarge ? 360 : 200), maxWidth: "94vw" }}
        aria-label={t("action.editNamed", { name: props.label })}
        onKeyDown={onKeyDown}
        onBlur={onBlur}
        onClick={(event) => event.stopPropagation()}
      >
        <FieldInput
          entity={props.entity}
          fieldKey={props.fieldKey}
          field={field}
          value={shown}
          ariaLabel={props.label}
          problem={isLarge ? undefined : problem}
          autoFocus
          onChange={(next, fault) => {
            draft.current = { value: next, problem: fault }
            if (!fault) {
              setShown(next)
              setProblem(undefined)
            }
            if (byChoice.includes(field.type)) finish("stay", next)
          }}
        />
        {(reason || (problemText && isLarge)) && (
          <div role="alert" className={styles.problem}>
            {reason ?? problemText}
          </div>
        )}
        {isLarge && (
          <div className={styles.editorActions}>
            <Button kind="primary" onClick={() => finish("stay")}>
              {t("action.save")}
            </Button>
            <Button kind="subtle" onClick={() => cancel("stay")}>
              {t("action.cancel")}
            </Button>
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
