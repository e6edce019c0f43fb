import { VisuallyHidden } from "@mantine/core"
import type { Translate } from "@regulars/locales/runtime.ts"
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual"
import { type CSSProperties, type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef } from "react"
import { lazyPart } from "../../../lib/lazy-part.tsx"
import { declarationOf } from "../../../lib/records.ts"
import { Later } from "../../../ui/later.tsx"
import type { Column } from "./columns.ts"
import styles from "./grid.module.css"
import { GridHead } from "./grid-head.tsx"
import { type Cell, keepPlace } from "./grid-navigation.ts"
import type { GridProps } from "./grid-props.ts"
import { GridRow, type RowActions } from "./grid-row.tsx"
import { extend, shareOf, toggle } from "./selection.ts"
import type { Rect } from "./sheet/range.ts"
import { reasonOf } from "./sheet/refused-cell.tsx"
import { type Sheet, useSheet } from "./sheet/use-sheet.ts"
import { type CellChange, useCellEditing } from "./use-cell-editing.ts"
import { useGridCommands } from "./use-grid-commands.ts"
import { cellOf, useGridKeys } from "./use-grid-keys.ts"

const RefusedNote = lazyPart(() => import("./sheet/refused-note.tsx"), "RefusedNote")

const rowHeight = 36
const headHeight = 34

/** A table of any number of records of which only what is in sight exists, driven by mouse or keyboard. */
export function Grid(props: GridProps) {
  const { entity, ids, columns, selection, select, texts, onRange } = props
  const box = useRef<HTMLDivElement>(null)
  const activeRow = useRef(0)
  const virtual = useVirtualRows(box, ids, activeRow)
  const editing = useCellEditing(entity)
  const page = Math.max(1, Math.floor((virtual.scrollRect?.height ?? 600) / rowHeight) - 2)
  const size = { rows: ids.length, columns: columns.length + 1, page }
  const commands = useGridCommands(props, edit)
  const keys = useGridKeys(box, size, {
    command: (event, cell) => sheet.command(event, cell) || commands(event, cell),
    moved(cell, from) {
      if (!from) sheet.release()
      else if (from.column > 0) sheet.span(from)
      else if (from.row !== cell.row) select(extend(selection, ids, { from: from.row, to: cell.row }))
      if (props.peeked !== "" && cell.row >= 0) props.peek(ids[cell.row] ?? "")
    },
  })
  const sheet = useSheet(props, keys.active, keys.go)
  activeRow.current = keys.active.row
  usePlace(box, ids, props.viewKey, keys)
  useShifted(box)

  const items = virtual.getVirtualItems()
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {}
  useEffect(() => onRange(startIndex, endIndex), [onRange, startIndex, endIndex])

  const leave = useLatest((how: Parameters<typeof editing.leave>[0]) =>
    editing.leave(how, keys.active, {
      columns,
      rows: ids.length,
      go: keys.go,
      start: (cell) => startAt(cell),
    }),
  )
  const save = useLatest((change: CellChange) => {
    sheet.settled(change.id, change.key)
    editing.save(change)
  })
  const actions = useMemo(() => ({ leave, save }), [leave, save])

  function startAt(cell: Cell): boolean {
    const column = columns[cell.column - 1]
    const id = ids[cell.row]
    return Boolean(column && id && props.mayEdit && edit(id, column))
  }
  function edit(id: string, column: Column): boolean {
    const refused = sheet.refused.get(id)?.get(column.key)
    return editing.start(id, column, refused && { text: refused.text, reason: reasonOf(texts.t, refused) })
  }
  function onClick(event: MouseEvent<HTMLElement>) {
    const target = event.target as HTMLElement
    const cell = cellOf(target)
    if (cell && target.closest("a")) commands.follow(event, cell)
    if (!cell || target.closest("a,[data-edge]")) return
    const before = keys.active
    const same = cell.row === before.row && cell.column === before.column && !sheet.rect
    keys.go(cell)
    if (event.shiftKey && cell.row >= 0 && cell.column > 0 && before.row >= 0 && before.column > 0)
      return sheet.span(before)
    sheet.release()
    if (cell.row < 0) return commands.head(cell)
    const id = ids[cell.row] ?? ""
    if (target.closest("[data-peek]")) return props.peek(props.peeked === id ? "" : id)
    if (cell.column === 0)
      return select(
        event.shiftKey
          ? extend(selection, ids, { from: before.row, to: cell.row })
          : toggle(selection, ids, cell.row),
      )
    if (props.peeked !== "") props.peek(id)
    if (same) startAt(cell)
  }
  const template = `40px ${columns.map((column) => `${column.width}px`).join(" ")}`
  const width = columns.reduce((sum, column) => sum + column.width, 40)
  const share = useMemo(() => shareOf(selection, ids), [selection, ids])
  return (
    <div
      ref={box}
      className={styles.scroller}
      style={{ "--columns": template, "--title-width": `${columns[0]?.width ?? 0}px` } as CSSProperties}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a table element can't hold rows that come and go */}
      <div
        role="grid"
        aria-label={props.label}
        aria-rowcount={ids.length + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable="true"
        aria-busy={props.changing}
        className={styles.grid}
        style={{ width, height: virtual.getTotalSize() }}
        onKeyDown={keys.onKeyDown}
        onClick={onClick}
        {...sheet.handlers}
      >
        <GridHead
          columns={columns}
          labels={texts.labels}
          sort={props.sort}
          active={keys.active.row === -1 ? keys.active.column : -1}
          selected={share}
          onResize={props.onResize}
        />
        {items.map(({ index, start }) => (
          <Row
            key={ids[index]}
            {...{ props, index, editing, sheet, actions }}
            top={start}
            active={keys.active.row === index ? keys.active.column : -1}
          />
        ))}
      </div>
      <SheetNotes {...{ props, sheet }} go={keys.go} />
    </div>
  )
}

interface RowProps {
  props: GridProps
  index: number
  top: number
  active: number
  editing: ReturnType<typeof useCellEditing>
  sheet: Sheet
  actions: RowActions
}
function Row({ props, index, top, active, editing, sheet, actions }: RowProps) {
  const { entity, selection } = props
  const { rect } = sheet
  const id = props.ids[index] ?? ""
  return (
    <GridRow
      {...{ entity, index, id, top, active, actions }}
      row={props.rowOf(index)}
      columns={props.columns}
      texts={props.texts}
      titleField={declarationOf(entity).title}
      selected={selection.ids.has(id)}
      peeked={props.peeked === id}
      editing={editing.current?.id === id ? editing.current : undefined}
      marked={rect && index >= rect.top && index <= rect.bottom ? `${rect.left}:${rect.right}` : ""}
      refused={sheet.refused.get(id)}
      square={entity !== "people"}
    />
  )
}

/** Says what is marked and what was refused. */
function SheetNotes({ props, sheet, go }: { props: GridProps; sheet: Sheet; go: (cell: Cell) => void }) {
  const goAlone = (cell: Cell) => {
    sheet.release()
    go(cell)
  }
  return (
    <>
      <VisuallyHidden role="status">{sheet.rect && markedText(props.texts.t, sheet.rect)}</VisuallyHidden>
      {sheet.refused.size > 0 && (
        <Later>
          <RefusedNote props={props} refused={sheet.refused} go={goAlone} onPutAway={sheet.putAway} />
        </Later>
      )}
    </>
  )
}
function markedText(t: Translate, { top, bottom, left, right }: Rect): string {
  return t("list.sheet.marked", { rows: bottom - top + 1, columns: right - left + 1 })
}

/** The rows in sight, and some around them. */
function useVirtualRows(
  box: React.RefObject<HTMLElement | null>,
  ids: readonly string[],
  activeRow: React.RefObject<number>,
) {
  return useVirtualizer({
    count: ids.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    paddingStart: headHeight,
    overscan: 10,
    getItemKey: (index) => ids[index] ?? index,
    // The row with the focus stays, however far one scrolls.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range)
      const row = activeRow.current
      return row < 0 || row >= ids.length || shown.includes(row)
        ? shown
        : [...shown, row].sort((one, other) => one - other)
    },
  })
}

/** A function that stays the same while what it does is always the newest. */
function useLatest<A extends unknown[], R>(work: (...args: A) => R): (...args: A) => R {
  const newest = useRef(work)
  newest.current = work
  return useRef((...args: A) => newest.current(...args)).current
}
/** Keeps the rows in sight where they are when the list changes around them; another question begins at the top. */
function usePlace(
  box: React.RefObject<HTMLElement | null>,
  ids: readonly string[],
  viewKey: string,
  { active, go }: { active: Cell; go: (cell: Cell, focus?: boolean) => void },
) {
  const before = useRef({ ids, viewKey })
  useLayoutEffect(() => {
    const { ids: old, viewKey: oldKey } = before.current
    before.current = { ids, viewKey }
    const element = box.current
    if (!element || old === ids) return
    if (oldKey !== viewKey) {
      element.scrollTop = 0
      if (active.row > 0) go({ ...active, row: 0 }, false)
      return
    }
    const moved = old[active.row] === ids[active.row] ? -1 : ids.indexOf(old[active.row] ?? "")
    if (moved >= 0) go({ ...active, row: moved }, false)
    const top = Math.floor(element.scrollTop / rowHeight)
    if (top > 0) element.scrollTop += (keepPlace(old, ids, top) - top) * rowHeight
  }, [box, ids, viewKey, active, go])
}
/** Marks the box while it is scrolled sideways, so that the fixed name gets an edge. */
function useShifted(box: React.RefObject<HTMLElement | null>) {
  useEffect(() => {
    const element = box.current
    const mark = () => element?.toggleAttribute("data-shifted", Math.abs(element.scrollLeft) > 2)
    element?.addEventListener("scroll", mark, { passive: true })
    return () => element?.removeEventListener("scroll", mark)
  }, [box])
}
