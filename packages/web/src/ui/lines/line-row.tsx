import { type LineFigures, lineProblem } from "@regulars/contract/domains/lines.ts"
import type { MessageId } from "@regulars/locales/runtime.ts"
import { IconArrowDown, IconArrowUp, IconCopy, IconDots, IconTrash } from "@tabler/icons-react"
import { type KeyboardEvent, useId, useState } from "react"
import { useT } from "../../lib/i18n.tsx"
import { IconButton } from "../button.tsx"
import { MoneyText } from "../display.tsx"
import { Menu } from "../menu.tsx"
import { LineCell } from "./line-cell.tsx"
import { type LineColumn, lineColumns, type Reading } from "./line-columns.ts"
import { type GridLine, isBlank, typedKeys } from "./line-rows.ts"
import styles from "./lines.module.css"
import type { FindProducts } from "./name-cell.tsx"
import { isOfLine, type LineActions } from "./use-line-actions.ts"

type Key = LineColumn["key"]
interface LineRowProps {
  line: GridLine
  columns: readonly LineColumn[]
  place: number
  reading: Reading
  figures: LineFigures | undefined
  findProducts: FindProducts | undefined
  mayEdit: boolean
  onEdit: (changes: Partial<GridLine>) => void
  /** A cell was left: what was typed can be kept. */
  onLeave: () => void
  /** A product was chosen. */
  onChosen: () => void
  actions: LineActions
}
export function LineRow(props: LineRowProps) {
  const { line, place, reading, figures, mayEdit, actions } = props
  const t = useT()
  const faultId = useId()
  const [typed, setTyped] = useState<{ column: Key; text: string; before: GridLine } | null>(null)
  const read = typed && columnNamed(typed.column).read(typed.text, line, reading)
  const isUnread = read !== null && "problem" in read
  const problem = problemOf(line, isUnread ? typed : null)

  function type(column: LineColumn, text: string) {
    setTyped({ column: column.key, text, before: typed?.column === column.key ? typed.before : line })
    const next = column.read(text, line, reading)
    if ("changes" in next) props.onEdit(next.changes)
  }
  function leave() {
    // What can't be read stays to be put right.
    if (!isUnread) setTyped(null)
    props.onLeave()
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape" && typed) {
      event.stopPropagation()
      props.onEdit(Object.fromEntries(typedKeys.map((key) => [key, typed.before[key]])))
      setTyped(null)
    } else if (!event.defaultPrevented) actions.onKeyDown(event, line, place)
  }
  return (
    <li
      className={styles.line}
      data-line={line.id}
      data-blank={(isBlank(line) && typed === null) || undefined}
      onKeyDownCapture={(event) => mayEdit && isOfLine(event) && actions.onKeyDown(event, line, place)}
      onKeyDown={mayEdit ? onKeyDown : undefined}
    >
      {props.columns.map((column) => (
        <LineCell
          key={column.key}
          column={column}
          place={place}
          text={typed?.column === column.key ? typed.text : column.show(line, reading)}
          faultId={problem?.column === column.key ? faultId : undefined}
          isBlank={isBlank(line)}
          mayEdit={mayEdit}
          findProducts={props.findProducts}
          beside={column.key === "name" ? [line.variant, line.unit].filter(Boolean).join(" · ") : ""}
          onType={(text) => type(column, text)}
          onLeave={leave}
          onPaste={(text) => {
            setTyped(null)
            actions.paste(text, place, column.key)
          }}
          onChoose={(product) => {
            setTyped(null)
            props.onEdit(product)
            props.onChosen()
          }}
        />
      ))}
      <div className={`${styles.cell} ${styles.amount}`}>
        <span className={styles.label} aria-hidden="true">
          {t("lines.amount")}
        </span>
        <span className={styles.text}>
          {figures && <MoneyText value={{ amount: figures.amount, currency: reading.currency }} />}
        </span>
      </div>
      {mayEdit && !isBlank(line) && <RowMenu line={line} place={place} actions={actions} />}
      {problem && (
        <p id={faultId} role="alert" className={styles.fault} data-needed={problem.isNeeded}>
          {`${t(columnNamed(problem.column).label)}: ${t(problem.text)}`}
        </p>
      )}
    </li>
  )
}

function RowMenu({ line, place, actions }: Pick<LineRowProps, "line" | "place" | "actions">) {
  const t = useT()
  const name = line.name ?? t("lines.line", { line: place + 1 })
  const { move, duplicate, remove } = actions
  const up = { id: "up", icon: IconArrowUp, keys: "alt+ArrowUp", run: () => move(line, -1, "name") }
  const down = { id: "down", icon: IconArrowDown, keys: "alt+ArrowDown", run: () => move(line, 1, "name") }
  const copy = { id: "copy", icon: IconCopy, keys: "mod+d", run: () => duplicate(line, "name") }
  const bin = { id: "remove", icon: IconTrash, keys: "mod+Delete", run: () => remove(line, place) }
  const entries = [
    { ...up, label: t("lines.up") },
    { ...down, label: t("lines.down") },
    { ...copy, label: t("lines.duplicate") },
  ]
  return (
    <span className={styles.actions}>
      <Menu
        target={<IconButton icon={IconDots} label={t("lines.actions", { name })} />}
        groups={[{ entries }, { entries: [{ ...bin, label: t("action.remove"), danger: true }] }]}
      />
    </span>
  )
}

function columnNamed(wanted: Key): LineColumn {
  return lineColumns.find(({ key }) => key === wanted) as LineColumn
}
interface Problem {
  column: Key
  text: MessageId
  /** Something is left out: nobody is told so while they type the rest. */
  isNeeded?: true
}
/** What stands against a line, and in which cell: what can't be read, what lies out of range, a name left out. */
function problemOf(line: GridLine, unread: { column: Key } | null): Problem | null {
  if (unread) return { column: unread.column, text: "fieldError.number" }
  if (isBlank(line)) return null
  const key = lineProblem(line)
  if (key === "returned") return { column: "returned", text: "lines.moreThanSold" }
  if (key) return { column: key === "taxRate" ? "taxRate" : "discount", text: "lines.percent" }
  return line.name?.trim() ? null : { column: "name", text: "fieldError.required", isNeeded: true }
}
