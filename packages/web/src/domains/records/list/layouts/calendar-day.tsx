import { useState } from "react"
import { exactDay, titleOf } from "../../../../lib/format.ts"
import { type AnyRecord, declarationOf } from "../../../../lib/records.ts"
import styles from "./calendar.module.css"
import type { LayoutProps } from "./layout-props.ts"

/** Names a day shows before it is opened. */
const mostShown = 3

export type ShownRecords = Pick<LayoutProps, "entity" | "texts" | "peeked" | "peek">
interface CalendarDayProps extends ShownRecords {
  day: string
  rows: readonly AnyRecord[]
  isToday: boolean
  isOutside: boolean
  canMove: boolean
  /** Something is being dragged that can be dropped here. */
  takes: boolean
  onDrag: (row: AnyRecord | null) => void
  onDrop: () => void
}
export function CalendarDay(props: CalendarDayProps) {
  const { day, rows, texts, takes } = props
  const [isOpen, setOpen] = useState(false)
  const [isOver, setOver] = useState(false)
  const shown = isOpen || rows.length <= mostShown + 1 ? rows : rows.slice(0, mostShown)
  return (
    <td
      className={styles.day}
      data-outside={props.isOutside || undefined}
      data-over={(takes && isOver) || undefined}
      aria-current={props.isToday ? "date" : undefined}
      onDragOver={(event) => {
        if (!takes) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        props.onDrop()
      }}
    >
      <time className={styles.number} dateTime={day} title={exactDay(day, texts.formats)}>
        {Number(day.slice(8))}
      </time>
      {rows.length > 0 && (
        <ul className={styles.records}>
          {shown.map((row) => (
            <li key={row.id}>
              <RecordButton
                {...props}
                row={row}
                draggable={props.canMove}
                onDragStart={() => props.onDrag(row)}
                onDragEnd={() => props.onDrag(null)}
              />
            </li>
          ))}
          {shown.length < rows.length && (
            <li>
              <button type="button" className={styles.more} onClick={() => setOpen(true)}>
                {texts.t("list.calendar.more", { count: rows.length - shown.length })}
              </button>
            </li>
          )}
        </ul>
      )}
    </td>
  )
}

interface RecordButtonProps extends ShownRecords {
  row: AnyRecord
  draggable?: boolean
  onDragStart?: () => void
  onDragEnd?: () => void
}
/** A record by its name; opens beside the calendar. */
function RecordButton({ entity, texts, peeked, peek, row, ...drag }: RecordButtonProps) {
  const name = titleOf(row, declarationOf(entity).title) || texts.t("state.unnamed")
  return (
    <button
      type="button"
      className={styles.record}
      aria-label={texts.t("list.peek.open", { name })}
      data-peeked={peeked === row.id || undefined}
      draggable={drag.draggable}
      onDragStart={(event) => {
        event.dataTransfer.setData("text/plain", name)
        drag.onDragStart?.()
      }}
      onDragEnd={() => drag.onDragEnd?.()}
      onClick={() => peek(row.id)}
    >
      {name}
    </button>
  )
}
