import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react"
import { type Cell, type GridSize, moveBy } from "./grid-navigation.ts"

export interface GridCommands {
  /** Runs a key the movement does not know; true when it did something. */
  command: (event: KeyboardEvent<HTMLElement>, cell: Cell) => boolean
  /** Told of a move; `from` when Shift is held, which selects. */
  moved: (cell: Cell, from?: Cell) => void
}

/**
 * The cell that has the grid's one tab stop, moved by keys. `scrollTo` brings a row into sight before its cell
 * takes the focus; row -1 is the head.
 */
export function useGridKeys(
  box: React.RefObject<HTMLElement | null>,
  size: GridSize,
  { command, moved }: GridCommands,
) {
  const [active, setActive] = useState<Cell>({ row: 0, column: 1 })
  const wanted = useRef(false)
  const row = Math.max(-1, Math.min(active.row, size.rows - 1))
  const column = Math.min(active.column, size.columns - 1)

  const isWithin = useFocusWithin(box)
  useLayoutEffect(() => {
    // A cell that left the list while it had the focus passes it on instead of losing it.
    const lost = isWithin.current && document.activeElement === document.body
    if (!wanted.current && !lost) return
    wanted.current = false
    const cell = box.current?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`)
    cell?.focus({ preventScroll: true })
    cell?.scrollIntoView({ block: "nearest", inline: "nearest" })
  })
  const go = useCallback((cell: Cell, focus = true) => {
    wanted.current = focus
    setActive(cell)
  }, [])
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.defaultPrevented || event.nativeEvent.isComposing) return
    const at = cellOf(event.target) ?? { row, column }
    if (command(event, at)) {
      event.preventDefault()
      return
    }
    if (event.altKey) return
    const next =
      event.key === "ArrowUp" && at.row === 0
        ? { ...at, row: -1 }
        : moveBy(at, event, size, isRightToLeft(event.currentTarget))
    if (!next) return
    event.preventDefault()
    const isExtending = event.shiftKey && event.key !== "Tab" && at.row >= 0 && next.row >= 0
    // Cells are marked up to the edge of the column that selects whole rows.
    const to = isExtending && at.column > 0 ? { ...next, column: Math.max(1, next.column) } : next
    go(to)
    moved(to, isExtending ? at : undefined)
  }
  return { active: { row, column }, go, onKeyDown }
}
/** Whether the focus, or the last touch, was within an element. */
function useFocusWithin(box: React.RefObject<HTMLElement | null>) {
  const within = useRef(false)
  useEffect(() => {
    const note = (event: Event) => {
      within.current = box.current?.contains(event.target as Node) ?? false
    }
    document.addEventListener("focusin", note)
    document.addEventListener("pointerdown", note)
    return () => {
      document.removeEventListener("focusin", note)
      document.removeEventListener("pointerdown", note)
    }
  }, [box])
  return within
}
const isRightToLeft = (element: Element) => getComputedStyle(element).direction === "rtl"

/** The cell an event happened in. */
export function cellOf(target: EventTarget | null): Cell | undefined {
  const cell = target instanceof Element ? target.closest("[data-cell]") : null
  const [row, column] = (cell?.getAttribute("data-cell") ?? "").split(":").map(Number)
  return row === undefined || column === undefined || Number.isNaN(row) ? undefined : { row, column }
}
