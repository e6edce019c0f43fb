import type { Cell } from "../grid-navigation.ts"

/** Cells between two corners. */
export interface Rect {
  top: number
  bottom: number
  left: number
  right: number
}
/** The rectangle two cells span; the column that selects rows and the head are no part of one. */
export function rectOf(one: Cell, other: Cell): Rect {
  return {
    top: Math.max(0, Math.min(one.row, other.row)),
    bottom: Math.max(0, one.row, other.row),
    left: Math.max(1, Math.min(one.column, other.column)),
    right: Math.max(1, one.column, other.column),
  }
}
export const isOne = ({ top, bottom, left, right }: Rect) => top === bottom && left === right

/**
 * What a pasted block covers: the marked cells when it fills them a whole number of times, else as much as it holds
 * from their first cell on. `rows` and `columns` are what there is.
 */
export function pastedRect(
  marked: Rect,
  block: { rows: number; columns: number },
  size: { rows: number; columns: number },
): Rect {
  const height = marked.bottom - marked.top + 1
  const width = marked.right - marked.left + 1
  const fits = height % block.rows === 0 && width % block.columns === 0
  return {
    top: marked.top,
    left: marked.left,
    bottom: Math.min(size.rows - 1, fits ? marked.bottom : marked.top + block.rows - 1),
    right: Math.min(size.columns - 1, fits ? marked.right : marked.left + block.columns - 1),
  }
}
