import { IconAlertTriangle } from "@tabler/icons-react"
import { useState } from "react"
import { Button } from "../../../../ui/button.tsx"
import type { GridProps } from "../grid-props.ts"
import type { Refused } from "./cells-work.ts"
import { reasonOf } from "./refused-cell.tsx"
import styles from "./sheet.module.css"

interface RefusedNoteProps {
  props: GridProps
  refused: ReadonlyMap<string, ReadonlyMap<string, Refused>>
  /** Leads to a cell, by row and column of the grid. */
  go: (cell: { row: number; column: number }) => void
  onPutAway: () => void
}
/** Says how many cells were refused and why the first was, and leads from one to the next. */
export function RefusedNote({ props, refused, go, onPutAway }: RefusedNoteProps) {
  const { t, labels } = props.texts
  const [at, setAt] = useState(-1)
  const cells = [...refused.values()].flatMap((own) => [...own.values()])
  const shown = cells[Math.max(0, at)] ?? cells[0]
  if (!shown) return null
  function next() {
    const index = (at + 1) % cells.length
    const cell = cells[index] as Refused
    setAt(index)
    const place = props.columns.findIndex(({ key }) => key === cell.field)
    go({ row: props.ids.indexOf(cell.id), column: place + 1 })
  }
  return (
    <div className={styles.note} role="alert">
      <IconAlertTriangle size={16} stroke={1.5} aria-hidden="true" />
      <span className={styles.words}>
        {t("list.sheet.refused", {
          count: cells.length,
          field: labels.field(shown.field),
          text: shown.text,
          reason: reasonOf(t, shown),
        })}
      </span>
      <Button kind="subtle" onClick={next}>
        {t("list.sheet.showNext")}
      </Button>
      <Button kind="subtle" onClick={onPutAway}>
        {t("list.sheet.putAway")}
      </Button>
    </div>
  )
}
