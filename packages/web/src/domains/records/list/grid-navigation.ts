/** A cell by row (0 is the first record) and column (0 is the box that selects the row). */
export interface Cell {
  row: number
  column: number
}
export interface GridSize {
  rows: number
  columns: number
  /** Rows in sight, for Page Up and Page Down. */
  page: number
}
interface Keys {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
}

/**
 * Where a key leads from a cell; undefined when it leads nowhere. Tab goes along the row and leaves the grid at
 * its end, so that nobody is caught in 100,000 rows.
 */
export function moveBy(cell: Cell, event: Keys, size: GridSize, rightToLeft = false): Cell | undefined {
  const row = (value: number) => ({ ...cell, row: limit(value, size.rows) })
  const column = (value: number) => ({ ...cell, column: limit(value, size.columns) })
  const ahead = rightToLeft ? -1 : 1
  switch (event.key) {
    case "ArrowDown":
      return row(cell.row + 1)
    case "ArrowUp":
      return row(cell.row - 1)
    case "ArrowRight":
      return column(cell.column + ahead)
    case "ArrowLeft":
      return column(cell.column - ahead)
    case "PageDown":
      return row(cell.row + size.page)
    case "PageUp":
      return row(cell.row - size.page)
    case "Home":
      return row(0)
    case "End":
      return row(size.rows - 1)
    case "Tab": {
      const next = cell.column + (event.shiftKey ? -1 : 1)
      return next < 0 || next >= size.columns ? undefined : column(next)
    }
    default:
      return undefined
  }
}
function limit(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value))
}

/**
 * Where a list that changed must scroll so that the row at the top stays where it is: its new index, else the
 * nearest row after it that is still there, else the old index.
 */
export function keepPlace(before: readonly string[], after: readonly string[], top: number): number {
  if (before[top] === after[top]) return top
  const places = new Map(after.map((id, index) => [id, index]))
  for (let index = top; index < Math.min(before.length, top + 200); index++) {
    const place = places.get(before[index] ?? "")
    if (place !== undefined) return Math.max(0, place - (index - top))
  }
  return Math.max(0, Math.min(top, after.length - 1))
}
