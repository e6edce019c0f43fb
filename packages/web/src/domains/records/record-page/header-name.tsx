import type { Field } from "@regulars/contract/kernel/fields.ts"
import { IconPencil } from "@tabler/icons-react"
import { type KeyboardEvent, useRef } from "react"
import { useT } from "../../../lib/i18n.tsx"
import { FieldInput, useProblemText } from "../../../ui/fields/field-input.tsx"
import { type EditingOptions, type SaveEdit, useEditing } from "../../../ui/fields/use-editing.ts"
import styles from "./record-header.module.css"

interface HeaderNameProps extends EditingOptions {
  /** What the record is called, even without a name of its own. */
  name: string
  value: string | null
  label: string
  field: Field
  entity: string
  readOnly: boolean
  onSave: SaveEdit
}
/** The name as the page's heading, edited where it stands. */
export function HeaderName(props: HeaderNameProps) {
  const { name, label, field, entity, readOnly } = props
  const t = useT()
  const editing = useEditing(props.value, props.onSave, props)
  const problem = useProblemText(editing.shownProblem)
  const box = useRef<HTMLDivElement>(null)
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") editing.cancel()
    else if (event.key === "Enter" && !event.nativeEvent.isComposing) editing.commit()
    else return
    event.preventDefault()
    event.stopPropagation()
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>("[data-edit]")?.focus())
  }
  return (
    <div ref={box} className={styles.nameBox}>
      {editing.open && !readOnly ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the input inside
        <div onKeyDown={onKeyDown} onBlur={() => document.hasFocus() && !editing.failed && editing.commit()}>
          <FieldInput
            entity={entity}
            fieldKey="name"
            field={field}
            value={editing.value}
            ariaLabel={label}
            problem={editing.shownProblem}
            autoFocus={!editing.failed}
            onChange={editing.change}
          />
          {editing.reason && !problem && (
            <div role="alert" className={styles.problem}>
              {editing.reason}
            </div>
          )}
        </div>
      ) : (
        <h1 className={styles.name}>
          {name}
          {!readOnly && (
            <button
              type="button"
              data-edit=""
              className={styles.edit}
              aria-label={t("action.editNamed", { name: label })}
              onClick={editing.start}
            >
              <IconPencil size={16} stroke={1.5} />
            </button>
          )}
        </h1>
      )}
    </div>
  )
}
