import { type PointerEvent, useRef, useState } from "react"
import type { Cell } from "../grid-navigation.ts"
import { cellOf } from "../use-grid-keys.ts"
import { isOne, rectOf } from "./range.ts"

const isInside = (cell: Cell | undefined): cell is Cell =>
  cell !== undefined && cell.row >= 0 && cell.column > 0

/** The cells that are marked: from where marking began to the one that has the focus, by Shift or by drawing over them. */
export function useMarks(active: Cell, go: (cell: Cell) => void) {
  const [anchor, setAnchor] = useState<Cell | null>(null)
  const pressed = useRef<Cell | null>(null)
  const marked = rectOf(anchor ?? active, active)
  return {
    marked,
    isMarking: anchor !== null,
    /** The marked cells, when they are more than the one that has the focus. */
    rect: anchor && !isOne(marked) ? marked : null,
    /** Marks from a cell on, or where marking began before. */
    span: (from: Cell) => setAnchor((old) => old ?? from),
    begin: setAnchor,
    release: () => setAnchor(null),
    pointer: {
      onPointerDown(event: PointerEvent) {
        const cell = cellOf(event.target)
        const starts = event.button === 0 && event.pointerType === "mouse" && !event.shiftKey
        pressed.current = starts && isInside(cell) ? cell : null
      },
      onPointerMove(event: PointerEvent) {
        const from = pressed.current
        if (!from || event.buttons !== 1) return
        const over = cellOf(document.elementFromPoint(event.clientX, event.clientY))
        if (!isInside(over)) return
        const isSame = (cell: Cell) => over.row === cell.row && over.column === cell.column
        if (isSame(active) || (!anchor && isSame(from))) return
        setAnchor(from)
        go(over)
      },
    },
  }
}
