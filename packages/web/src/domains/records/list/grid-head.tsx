import { VisuallyHidden } from "@mantine/core"
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react"
import { type PointerEvent as ReactPointerEvent, useRef } from "react"
import type { Labels } from "../../../lib/i18n.tsx"
import { useT } from "../../../lib/i18n.tsx"
import { type Column, isNumeric, limitWidth } from "./columns.ts"
import styles from "./grid.module.css"

interface GridHeadProps {
  columns: readonly Column[]
  labels: Labels
  sort: readonly string[]
  /** Column that takes the focus; -1 when it is in a row. */
  active: number
  /** How many rows are selected: none, some or all. */
  selected: "none" | "some" | "all"
  onResize: (key: string, width: number, done: boolean) => void
}
/** Spread, because no table element can hold rows that come and go. */
const at = (column: number) => ({ role: "columnheader", "aria-colindex": column })

/** Headings of the grid: a click sorts, the edge on the right sets the width. */
export function GridHead({ columns, labels, sort, active, selected, onResize }: GridHeadProps) {
  const t = useT()
  return (
    <div {...{ role: "row", "aria-rowindex": 1 }} className={`${styles.row} ${styles.head}`}>
      <div
        {...at(1)}
        data-cell="-1:0"
        tabIndex={active === 0 ? 0 : -1}
        className={`${styles.cell} ${styles.select}`}
      >
        <VisuallyHidden>{t("list.selectAll")}</VisuallyHidden>
        <span
          className={styles.box}
          data-checked={selected === "all" || undefined}
          data-some={selected === "some" || undefined}
          aria-hidden="true"
        />
      </div>
      {columns.map(({ key, field, width }, place) => {
        const direction = sort.includes(key) ? "ascending" : sort.includes(`-${key}`) ? "descending" : "none"
        const Mark = direction === "descending" ? IconArrowDown : IconArrowUp
        return (
          <div
            key={key}
            {...at(place + 2)}
            {...{ "aria-sort": field.sort ? direction : undefined }}
            data-cell={`-1:${place + 1}`}
            tabIndex={active === place + 1 ? 0 : -1}
            title={field.sort ? t("list.sortBy", { field: labels.field(key) }) : undefined}
            data-sortable={field.sort || undefined}
            className={`${styles.cell} ${place === 0 ? styles.title : ""} ${isNumeric(field) ? styles.number : ""}`}
          >
            <span className={styles.text}>{labels.field(key)}</span>
            {direction !== "none" && <Mark size={14} stroke={1.75} aria-hidden="true" />}
            <Edge width={width} onResize={(next, done) => onResize(key, next, done)} />
          </div>
        )
      })}
    </div>
  )
}

/** The edge between two headings; keyboards use Alt with the arrows on the heading instead. */
function Edge({ width, onResize }: { width: number; onResize: (width: number, done: boolean) => void }) {
  const start = useRef<{ at: number; width: number } | null>(null)
  const rightToLeft = (element: Element) => getComputedStyle(element).direction === "rtl"
  function widthAt(event: ReactPointerEvent<HTMLElement>): number {
    if (!start.current) return width
    const moved = (event.clientX - start.current.at) * (rightToLeft(event.currentTarget) ? -1 : 1)
    return limitWidth(start.current.width + moved)
  }
  return (
    <span
      className={styles.edge}
      aria-hidden="true"
      data-edge=""
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { at: event.clientX, width }
      }}
      onPointerMove={(event) => start.current && onResize(widthAt(event), false)}
      onPointerUp={(event) => {
        if (start.current) onResize(widthAt(event), true)
        start.current = null
      }}
    />
  )
}
