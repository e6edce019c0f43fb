import { type KeyboardEvent, useRef } from "react"
import { useT } from "../../lib/i18n.tsx"
import { readTsv } from "../../lib/tsv.ts"
import { toast } from "../toast.tsx"
import { type LineColumn, lineColumns, type Reading, readBlock } from "./line-columns.ts"
import {
  duplicated,
  type GridLine,
  isBlank,
  type LineRows,
  mostLines,
  moved,
  pastedOver,
  putBack,
  removed,
} from "./line-rows.ts"

type Key = LineColumn["key"]
interface Grid {
  state: LineRows
  tell: (next: LineRows) => void
  /** Puts the focus into a cell, once it is drawn. */
  focus: (id: string, column: Key) => void
  reading: Reading
}
export type LineActions = ReturnType<typeof useLineActions>

/** What is done with whole lines, by keys and by a line's menu. */
export function useLineActions({ state, tell, focus, reading }: Grid) {
  const t = useT()
  // Taken back later, a step is taken back in the lines there are by then.
  const now = useRef({ state, tell })
  now.current = { state, tell }

  function remove(line: GridLine, place: number) {
    const next = removed(state, line.id)
    tell(next)
    focus((next.rows[place] ?? next.rows[place - 1])?.id ?? "", "name")
    if (isBlank(line)) return
    const undo = () => now.current.tell(putBack(now.current.state, line, place))
    toast({ text: t("lines.removed", { name: line.name ?? "" }), undo })
  }
  function duplicate(line: GridLine, column: Key) {
    const id = crypto.randomUUID()
    const next = duplicated(state, line.id, id)
    if (next === state) return
    tell(next)
    focus(id, column)
  }
  function move(line: GridLine, step: 1 | -1, column: Key) {
    tell(moved(state, line.id, step))
    focus(line.id, column)
  }
  function paste(text: string, place: number, column: Key) {
    const block = readBlock(readTsv(text), column, reading)
    const { state: next, left } = pastedOver(state, place, block)
    tell(next)
    const undo = () => now.current.tell({ ...now.current.state, rows: state.rows })
    toast({ text: t("lines.pasted", { count: block.length - left }), undo })
    if (left > 0) toast({ text: t("lines.left", { count: left, most: mostLines }), bad: true })
  }
  function onKeyDown(event: KeyboardEvent, line: GridLine, place: number) {
    const column = columnOf(event.target)
    const mod = event.ctrlKey || event.metaKey
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined
    if (step && event.altKey) move(line, step, column ?? "name")
    else if (mod && event.key.toLowerCase() === "d") duplicate(line, column ?? "name")
    else if (event.key === "Delete" && (mod || !column)) remove(line, place)
    else if (column && (event.key === "Enter" || step) && !mod) {
      const next = state.rows[place + (step ?? (event.shiftKey ? -1 : 1))]
      if (next) focus(next.id, isBlank(next) ? "name" : column)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return { remove, duplicate, move, paste, onKeyDown }
}

/** Keys that mean the line, whatever the cell would do with them: an arrow opens the list of products otherwise. */
export function isOfLine(event: KeyboardEvent): boolean {
  const mod = event.ctrlKey || event.metaKey
  return (event.altKey && /^Arrow(Up|Down)$/.test(event.key)) || (mod && /^(d|delete)$/i.test(event.key))
}
function columnOf(target: EventTarget): Key | undefined {
  const cell = target instanceof HTMLElement ? target.dataset.column : undefined
  return lineColumns.find(({ key }) => key === cell)?.key
}
