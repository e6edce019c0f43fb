import type { KeyboardEvent, MouseEvent } from "react"
import { useLocation } from "wouter"
import { titleOf } from "../../../lib/format.ts"
import { declarationOf } from "../../../lib/records.ts"
import { recordPath } from "../../../ui/fields/record-chip.tsx"
import { reachOf, useOfferLog } from "../use-offer-log.ts"
import { type Column, limitWidth } from "./columns.ts"
import type { Cell } from "./grid-navigation.ts"
import type { GridProps } from "./grid-props.ts"
import { leaveTrail } from "./leave-trail.ts"
import { nothingSelected, selectAll, toggle, toggleAll } from "./selection.ts"

/** What keys other than movement do in the grid; true when a key did something. */
export function useGridCommands(props: GridProps, startEditing: (id: string, column: Column) => boolean) {
  const [, navigate] = useLocation()
  const { entity, ids, columns, selection, select, peeked, peek } = props

  function edit(cell: Cell): boolean {
    const column = columns[cell.column - 1]
    const id = ids[cell.row]
    return Boolean(props.mayEdit && column && id && startEditing(id, column))
  }
  function open(cell: Cell): boolean {
    const path = recordPath(entity, ids[cell.row] ?? "")
    if (path) {
      leaveTrail(entity, ids, cell.row)
      navigate(path)
    }
    return Boolean(path)
  }
  /** A click or Enter on a heading: sorts, or selects everything. */
  function head(cell: Cell): void {
    if (cell.column === 0) select(toggleAll(selection, ids))
    const column = columns[cell.column - 1]
    if (column?.field.sort) props.onSort(column.key)
  }
  function onHead(event: KeyboardEvent<HTMLElement>, cell: Cell): boolean {
    const column = columns[cell.column - 1]
    if (event.key === "Enter" || event.key === " ") head(cell)
    else if (column && event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight"))
      props.onResize(column.key, limitWidth(column.width + (event.key === "ArrowRight" ? 16 : -16)), true)
    else return false
    return true
  }
  function command(event: KeyboardEvent<HTMLElement>, cell: Cell): boolean {
    const control = event.ctrlKey || event.metaKey
    if (control && event.key.toLowerCase() === "a") {
      select(selectAll(ids))
      return true
    }
    if (cell.row < 0) return onHead(event, cell)
    if (control || event.altKey) return false
    switch (event.key) {
      case "x":
        select(toggle(selection, ids, cell.row))
        return true
      case " ": {
        if (event.shiftKey || cell.column === 0) select(toggle(selection, ids, cell.row))
        else peek(peeked === ids[cell.row] ? "" : (ids[cell.row] ?? ""))
        return true
      }
      case "F2":
        return edit(cell)
      case "Enter":
        if (cell.column === 0) select(toggle(selection, ids, cell.row))
        else if (cell.column === 1 || !edit(cell)) return open(cell)
        return true
      case "Escape":
        if (peeked !== "") peek("")
        else if (selection.ids.size > 0) select(nothingSelected)
        else return false
        return true
      default:
        return false
    }
  }
  return Object.assign(command, { head, follow: useFollow(props) })
}

/** What goes with a click on a link in a cell: the way back from the record it opens, or the offer to log a call. */
function useFollow({ entity, ids, rowOf, texts }: GridProps) {
  const offerLog = useOfferLog()
  return (event: MouseEvent, { row }: Cell) => {
    const kind = reachOf(event)
    if (!kind) return leaveTrail(entity, ids, row)
    const record = rowOf(row)
    const name = record && titleOf(record, declarationOf(entity).title)
    offerLog(kind, { entity, id: ids[row] ?? "", name: name || texts.t("state.unnamed") })
  }
}
