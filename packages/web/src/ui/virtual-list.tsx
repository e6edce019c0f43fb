import { useVirtualizer } from "@tanstack/react-virtual"
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef } from "react"

export interface VirtualListHandle {
  scrollTo(index: number): void
}
interface VirtualListProps {
  count: number
  /** Height of a row in pixels; rows that differ are measured when `measured` is set. */
  rowHeight: number
  measured?: boolean
  renderRow: (index: number) => ReactNode
  keyOf?: (index: number) => string | number
  label: string
  /** Role of the list; its rows must carry the fitting one. */
  role?: "list" | "listbox" | "feed" | "rowgroup"
  className?: string
  /** Off where rows take the focus themselves; else arrow keys scroll the list. */
  focusable?: boolean
  ref?: Ref<VirtualListHandle>
  /** Called when rows near the end are in sight: time to fetch the next page. */
  onEndReached?: () => void
  /** Distance from the top to begin with, and what to call with it while scrolling. */
  initialOffset?: number
  onScrollOffset?: (offset: number) => void
}
/** A list of any length of which only what is in sight exists. It is its own scrolling box. */
export function VirtualList(props: VirtualListProps) {
  const { count, rowHeight, measured, renderRow, keyOf, label, role = "list", onEndReached, ref } = props
  const box = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialOffset: props.initialOffset ?? 0,
    getItemKey: keyOf,
    onChange: (virtualizer) => props.onScrollOffset?.(virtualizer.scrollOffset ?? 0),
  })
  useImperativeHandle(ref, () => ({ scrollTo: (index) => rows.scrollToIndex(index) }), [rows])
  const shown = rows.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (count > 0 && last >= count - 10) onEndReached?.()
  }, [last, count, onEndReached])
  return (
    // A box that scrolls must be reachable by keyboard.
    <div
      ref={box}
      tabIndex={props.focusable === false ? undefined : 0}
      className={props.className}
      style={{ overflow: "auto", contain: "strict" }}
    >
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: every role a caller can choose takes a name */}
      <div role={role} aria-label={label} style={{ height: rows.getTotalSize(), position: "relative" }}>
        {shown.map((row) => (
          <div
            key={row.key}
            role="presentation"
            data-index={row.index}
            ref={measured ? rows.measureElement : undefined}
            style={{
              position: "absolute",
              insetInline: 0,
              top: 0,
              height: measured ? undefined : rowHeight,
              transform: `translateY(${row.start}px)`,
            }}
          >
            {renderRow(row.index)}
          </div>
        ))}
      </div>
    </div>
  )
}
