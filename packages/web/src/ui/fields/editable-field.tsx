import type { Field } from "@regulars/contract/kernel/fields.ts"
import { IconPencil } from "@tabler/icons-react"
import { type FocusEvent, type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from "react"
import { useT } from "../../lib/i18n.tsx"
import { Button } from "../button.tsx"
import styles from "./editable-field.module.css"
import { FieldInput, useProblemText } from "./field-input.tsx"
import { FieldView, isEmptyValue } from "./field-view.tsx"
import { type EditingOptions, type SaveEdit, useEditing } from "./use-editing.ts"

export interface EditableFieldProps extends EditingOptions {
  entity: string
  fieldKey: string
  field: Field
  value: unknown
  label: string
  /** Saves the new value; a rejected promise opens the field again with what was typed and the reason. */
  onSave: SaveEdit
  readOnly?: boolean
  /** Label above instead of beside, for long texts. */
  stacked?: boolean
  /** Shown instead of the usual display of the value. */
  children?: ReactNode
}
/** Types that are done with one choice: choosing saves. */
const saveOnChoice: readonly Field["type"][] = [
  "choice",
  "country",
  "language",
  "zone",
  "link",
  "boolean",
  "rating",
]
/** Types that show a fault themselves, beside their input. */
const showsProblem = (type: Field["type"]) =>
  !["list", "map", "tags", "links", "choices", "files", "file", "monthDay", "richText", "boolean"].includes(
    type,
  )
const multiline = (type: Field["type"]) => type === "longText" || type === "richText"
const single = (type: Field["type"]) =>
  !["list", "map", "links", "choices", "files", "file", "monthDay", "richText"].includes(type)

/**
 * A labelled value that is edited where it stands: Enter or a click edits, Enter saves (Ctrl Enter in long
 * texts), Esc cancels, Tab saves and goes on to the next field of the same `data-editable-group`.
 */
export function EditableField(props: EditableFieldProps) {
  const { label, readOnly, stacked } = props
  const editing = useEditing(props.value, props.onSave, props)
  const isEditing = editing.open && !readOnly
  // Entries of several parts need the whole width while they are edited.
  const isStacked = stacked || (isEditing && !single(props.field.type))
  const className = isStacked ? `${styles.field} ${styles.stacked}` : styles.field
  return (
    <div className={className} data-editable={readOnly ? undefined : ""}>
      <span className={styles.label}>{label}</span>
      {isEditing ? (
        <Editor {...props} editing={editing} />
      ) : (
        <Value {...props} edit={() => editing.start()} />
      )}
    </div>
  )
}

function Value(props: EditableFieldProps & { edit: () => void }) {
  const t = useT()
  const { label, readOnly, edit } = props
  function onClick(event: MouseEvent<HTMLElement>) {
    const target = event.target as HTMLElement
    // Links and buttons inside the value do what they say; selecting text is not a click either.
    if (target.closest("a,button") || window.getSelection()?.isCollapsed === false) return
    edit()
  }
  const empty = isEmptyValue(props.value)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the button inside does the same by keyboard
    <div
      className={readOnly ? styles.value : `${styles.value} ${styles.open}`}
      onClick={readOnly ? undefined : onClick}
    >
      {props.children ??
        (empty ? (
          <span className={styles.empty}>{readOnly ? "–" : t("input.placeholder")}</span>
        ) : (
          <FieldView {...props} />
        ))}
      {!readOnly && (
        <button
          type="button"
          className={styles.edit}
          data-edit=""
          aria-label={t("action.editNamed", { name: label })}
          onClick={edit}
        >
          <IconPencil size={14} stroke={1.5} />
        </button>
      )}
    </div>
  )
}

function Editor(props: EditableFieldProps & { editing: ReturnType<typeof useEditing> }) {
  const t = useT()
  const { field, editing } = props
  const box = useRef<HTMLDivElement>(null)
  const problem = useProblemText(editing.shownProblem)
  const inside = showsProblem(field.type)

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.defaultPrevented || event.nativeEvent.isComposing) return
    const target = event.target as HTMLElement
    if (event.key === "Escape") {
      event.stopPropagation()
      editing.cancel()
      refocus(box.current)
    } else if (event.key === "Enter" && !target.closest("button,select")) {
      if (multiline(field.type) && !event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      if (editing.commit()) refocus(box.current)
    } else if (event.key === "Tab" && single(field.type)) {
      const next = neighbour(box.current, event.shiftKey ? -1 : 1)
      if (!editing.commit()) event.preventDefault()
      else if (next) {
        event.preventDefault()
        // The next field starts to be edited, as in a spreadsheet.
        next.click()
      }
    }
  }
  function onBlur(event: FocusEvent<HTMLElement>) {
    if (event.currentTarget.contains(event.relatedTarget)) return
    // Switching to another window is no decision about what was typed.
    if (document.hasFocus() && !editing.failed) editing.commit()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the inputs inside
    <div ref={box} className={styles.editor} onKeyDown={onKeyDown} onBlur={onBlur}>
      <FieldInput
        entity={props.entity}
        fieldKey={props.fieldKey}
        field={field}
        value={editing.value}
        ariaLabel={props.label}
        problem={inside ? editing.shownProblem : undefined}
        autoFocus={!editing.failed}
        onChange={(value, fault) => {
          editing.change(value, fault)
          if (saveOnChoice.includes(field.type)) {
            editing.commit(value)
            refocus(box.current)
          }
        }}
      />
      {field.help && <div className={styles.help}>{field.help}</div>}
      {(editing.reason || (problem && !inside)) && (
        <div role="alert" className={styles.problem}>
          {editing.reason ?? problem}
        </div>
      )}
      {(!single(field.type) || multiline(field.type) || editing.failed) && (
        <div className={styles.actions}>
          <Button kind="primary" onClick={() => editing.commit() && refocus(box.current)}>
            {t("action.save")}
          </Button>
          <Button
            kind="subtle"
            onClick={() => {
              editing.cancel()
              refocus(box.current)
            }}
          >
            {t("action.cancel")}
          </Button>
          <span className={styles.hint}>
            {t(multiline(field.type) ? "input.hint.saveLong" : "input.hint.save")}
          </span>
        </div>
      )}
    </div>
  )
}

/** Puts the focus back on the field that was just edited, once its display is there again. */
function refocus(box: HTMLElement | null) {
  const field = box?.closest("[data-editable]")
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) field?.querySelector<HTMLElement>("[data-edit]")?.focus()
  })
}
/** Edit button of the field before or after in the group. */
function neighbour(box: HTMLElement | null, step: 1 | -1): HTMLElement | undefined {
  const own = box?.closest("[data-editable]")
  const group = own?.closest("[data-editable-group]") ?? document
  const fields = [...group.querySelectorAll("[data-editable]")]
  const index = own ? fields.indexOf(own) : -1
  return fields[index + step]?.querySelector<HTMLElement>("[data-edit]") ?? undefined
}
