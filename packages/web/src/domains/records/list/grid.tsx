import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual"
import { type CSSProperties, type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef } from "react"
import { declarationOf } from "../../../lib/records.ts"
import styles from "./grid.module.css"
import { GridHead } from "./grid-head.tsx"
import { type Cell, keepPlace } from "./grid-navigation.ts"
import type { GridProps } from "./grid-props.ts"
import { GridRow } from "./grid-row.tsx"
import { extend, toggle } from "./selection.ts"
import { type CellChange, useCellEditing } from "./use-cell-editing.ts"
import { useGridCommands } from "./use-grid-commands.ts"
import { cellOf, useGridKeys } from "./use-grid-keys.ts"

const rowHeight = 36
const headHeight = 34

/** A table of any number of records of which only what is in sight exists, driven by mouse or keyboard. */
export function Grid(props: GridProps) {
  const { entity, ids, columns, selection, select, texts, onRange } = props
  const box = useRef<HTMLDivElement>(null)
  const activeRow = useRef(0)
  const virtual = useVirtualizer({
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
  const editing = useCellEditing(entity)
  const page = Math.max(1, Math.floor((virtual.scrollRect?.height ?? 600) / rowHeight) - 2)
  const size = { rows: ids.length, columns: columns.length + 1, page }
  const commands = useGridCommands(props, editing.start)
  const keys = useGridKeys(box, size, {
    command: commands,
    extend: (from, to) => select(extend(selection, ids, { from: Math.max(0, from), to: Math.max(0, to) })),
    moved: (cell) => props.peeked !== "" && cell.row >= 0 && props.peek(ids[cell.row] ?? ""),
  })
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
  const save = useLatest((change: CellChange) => editing.save(change))
  const actions = useMemo(() => ({ leave, save }), [leave, save])

  function startAt(cell: Cell): boolean {
    const column = columns[cell.column - 1]
    const id = ids[cell.row]
    return Boolean(column && id && props.mayEdit && editing.start(id, column))
  }
  function onClick(event: MouseEvent<HTMLElement>) {
    const target = event.target as HTMLElement
    const cell = cellOf(target)
    if (cell && target.closest("a")) commands.follow(event, cell)
    if (!cell || target.closest("a,[data-edge]")) return
    const same = cell.row === keys.active.row && cell.column === keys.active.column
    const before = keys.active.row
    keys.go(cell)
    if (cell.row < 0) return commands.head(cell)
    const id = ids[cell.row] ?? ""
    if (target.closest("[data-peek]")) return props.peek(props.peeked === id ? "" : id)
    if (cell.column === 0)
      return select(
        event.shiftKey
          ? extend(selection, ids, { from: before, to: cell.row })
          : toggle(selection, ids, cell.row),
      )
    if (props.peeked !== "") props.peek(id)
    if (same) startAt(cell)
  }
  const template = `40px ${columns.map((column) => `${column.width}px`).join(" ")}`
  const width = columns.reduce((sum, column) => sum + column.width, 40)
  const isSelected = selection.ids.size === 0 ? "none" : selection.ids.size === ids.length ? "all" : "some"
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
      >
        <GridHead
          columns={columns}
          labels={texts.labels}
          sort={props.sort}
          active={keys.active.row === -1 ? keys.active.column : -1}
          selected={isSelected}
          onResize={props.onResize}
        />
        {items.map(({ index, start }) => {
          const id = ids[index] ?? ""
          return (
            <GridRow
              key={id}
              entity={entity}
              index={index}
              id={id}
              row={props.rowOf(index)}
              columns={columns}
              texts={texts}
              titleField={declarationOf(entity).title}
              top={start}
              selected={selection.ids.has(id)}
              peeked={props.peeked === id}
              active={keys.active.row === index ? keys.active.column : -1}
              editing={editing.current?.id === id ? editing.current : undefined}
              actions={actions}
              square={entity === "companies"}
            />
          )
        })}
      </div>
    </div>
  )
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
