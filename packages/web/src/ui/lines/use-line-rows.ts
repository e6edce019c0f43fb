import { useState } from "react"
import { type GridLine, type LineRows, merged, rowsOf, sameLine, toldLines } from "./line-rows.ts"

/** The rows of a grid. `tell` gives the document's owner the lines as they are now, if they changed. */
export function useLineRows(
  lines: readonly GridLine[],
  onChange: ((lines: readonly GridLine[]) => void) | undefined,
) {
  const [state, edit] = useState<LineRows>(() => rowsOf(lines))
  // What came from outside is shown with the same drawing, under what is being typed.
  if (state.from !== lines) edit(merged(state, lines))
  function tell(next: LineRows) {
    edit(next)
    const told = toldLines(next)
    if (!sameLine(told, lines)) onChange?.(told)
  }
  return { state, edit, tell }
}
