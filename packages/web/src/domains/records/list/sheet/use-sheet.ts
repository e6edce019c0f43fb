import { isWritable } from "@regulars/contract/kernel/entity.ts"
import type { ClipboardEvent, KeyboardEvent } from "react"
import type { Cell } from "../grid-navigation.ts"
import type { GridProps } from "../grid-props.ts"
import { cellText } from "./cell-text.ts"
import { useCellWriting } from "./use-cell-writing.ts"
import { useClipboard } from "./use-clipboard.ts"
import { useMarks } from "./use-marks.ts"
import { carried, cleared } from "./wanted.ts"

/**
 * What a spreadsheet does: marks several cells, copies, pastes, fills down and clears them, takes changes back and
 * makes them again. Cells that were refused are kept with what was to stand in them.
 */
export function useSheet(props: GridProps, active: Cell, go: (cell: Cell) => void) {
  const { columns, rowOf, texts, mayEdit } = props
  const marks = useMarks(active, go)
  const { marked } = marks
  const writing = useCellWriting(props)
  const { onCopy, onPaste } = useClipboard(props, {
    active,
    marked,
    writing,
    mark({ top, bottom, left, right }) {
      marks.begin({ row: top, column: left })
      go({ row: bottom, column: right })
    },
  })

  function clear(): boolean {
    const own = columns.slice(marked.left - 1, marked.right)
    if (!own.some(({ field }) => isWritable(field))) return false
    writing.write(marked, (_, place) => columns[place - 1] && cleared(columns[place - 1]!))
    return true
  }
  /** The first marked row into those below it; one cell takes what stands above it. */
  function fillDown() {
    const source = marked.top === marked.bottom ? marked.top - 1 : marked.top
    const row = rowOf(source)
    if (!row) return
    writing.write({ ...marked, top: source + 1 }, (_, place) => {
      const column = columns[place - 1]
      if (!column) return undefined
      const { key, field } = column
      return { value: carried(column, row[key]), text: cellText(key, field, row[key], texts) }
    })
  }
  /** True when a key was one of a spreadsheet's. */
  function command(event: KeyboardEvent<HTMLElement>, cell: Cell): boolean {
    const isInside = cell.row >= 0 && cell.column > 0
    if (event.key === "Escape" && marks.isMarking) {
      marks.release()
      return true
    }
    if (!mayEdit || event.altKey) return false
    if (!event.ctrlKey && !event.metaKey)
      return isInside && (event.key === "Delete" || event.key === "Backspace") && clear()
    const key = event.key.toLowerCase()
    if (key === "y" || (key === "z" && event.shiftKey)) writing.redo()
    else if (key === "z") writing.undo()
    else if (key === "d" && isInside) fillDown()
    else return false
    return true
  }
  function onCut(event: ClipboardEvent) {
    onCopy(event)
    if (event.isDefaultPrevented() && mayEdit) clear()
  }
  return { ...marks, ...writing, command, handlers: { onCopy, onCut, onPaste, ...marks.pointer } }
}
export type Sheet = ReturnType<typeof useSheet>
