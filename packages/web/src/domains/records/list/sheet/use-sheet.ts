import { isWritable } from "@regulars/contract/kernel/entity.ts"
import { type ClipboardEvent, type KeyboardEvent, useEffect, useState } from "react"
import type { Cell } from "../grid-navigation.ts"
import type { GridProps } from "../grid-props.ts"
import { useCellWriting } from "./use-cell-writing.ts"
import { useMarks } from "./use-marks.ts"
import { cleared } from "./wanted.ts"

/**
 * What a spreadsheet does: marks several cells, copies, pastes, fills down and clears them, takes changes back and
 * makes them again. Cells that were refused are kept with what was to stand in them.
 */
export function useSheet(props: GridProps, active: Cell, go: (cell: Cell) => void) {
  const { columns, mayEdit } = props
  const marks = useMarks(active, go)
  const { marked } = marks
  const writing = useCellWriting(props)
  const clipboard = useLoaded()
  const hands = clipboard?.clipboardOf(props, {
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
    else if (key === "d" && isInside) hands?.fillDown()
    else return false
    return true
  }
  function onCut(event: ClipboardEvent) {
    hands?.onCopy(event)
    if (event.isDefaultPrevented() && mayEdit) clear()
  }
  return {
    ...marks,
    ...writing,
    command,
    handlers: { onCopy: hands?.onCopy, onCut, onPaste: hands?.onPaste, ...marks.pointer },
  }
}
/** What is done with the clipboard, fetched once the list stands: the first screen does without. */
function useLoaded() {
  const [loaded, setLoaded] = useState<typeof import("./clipboard.ts")>()
  useEffect(() => {
    const timer = setTimeout(() => import("./clipboard.ts").then(setLoaded, () => undefined))
    return () => clearTimeout(timer)
  }, [])
  return loaded
}
export type Sheet = ReturnType<typeof useSheet>
