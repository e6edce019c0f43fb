import type { Field } from "@regulars/contract/kernel/fields.ts"
import type { Filter } from "@regulars/contract/kernel/filter.ts"
import type { Group } from "@regulars/contract/kernel/groups-endpoints.ts"
import { useVirtualizer } from "@tanstack/react-virtual"
import { useEffect, useId, useMemo, useRef, useState } from "react"
import { type AnyRecord, declarationOf, fetchList, useDeleteRecord } from "../../../../lib/records.ts"
import { Chip } from "../../../../ui/chip.tsx"
import { choiceLook } from "../../../../ui/fields/choice-look.ts"
import { ErrorLine } from "../../../../ui/states.tsx"
import { toast, useErrorToast } from "../../../../ui/toast.tsx"
import { type Column, includesOf } from "../columns.ts"
import { figureText } from "../groups/figures.ts"
import { leaveTrail } from "../leave-trail.ts"
import { type Selection, shareOf, toggleAll } from "../selection.ts"
import { useCardSelection } from "../use-card-selection.ts"
import { useRowWindows, useViewIds } from "../use-rows.ts"
import { stepAside } from "./aside.ts"
import styles from "./board.module.css"
import { BoardCard, cardHeight, linesOf } from "./board-card.tsx"
import { cardFor } from "./card-for.ts"
import { type LayoutProps, within } from "./layout-props.ts"
import { QuickAdd } from "./quick-add.tsx"
import { Tick } from "./tick.tsx"
import type { Moved } from "./use-moving.ts"

export interface Place {
  value: string | null
  label: string
  group: Group | undefined
  condition: Filter
}
interface BoardColumnProps extends LayoutProps {
  sort: string[] | undefined
  field: Field
  place: Place
  /** Where cards can be moved to. */
  targets: readonly Place[]
  moved: ReadonlyMap<string, Moved>
  /** Answers whether it stands there now. */
  move: (row: AnyRecord, value: unknown) => Promise<boolean>
  /** Has a record that was made here stand here. */
  show: (row: AnyRecord, value: unknown) => Promise<void>
  canMove: boolean
  canAdd: boolean
  selection: Selection
  select: (selection: Selection) => void
  dragged: AnyRecord | null
  setDragged: (row: AnyRecord | null) => void
  /** Columns whose sums are shown. */
  summed: readonly Column[]
  /** The card that was moved here by keys and takes the focus. */
  arrived: string | null
  setArrived: (id: string | null) => void
}
/** One column: its count and sums, and its cards, of which only those in sight are drawn. */
export function BoardColumn(props: BoardColumnProps) {
  const { entity, by, filter, sort, columns, texts, field, place, moved, dragged, setDragged } = props
  const { selection, select } = props
  const heading = useId()
  const box = useRef<HTMLDivElement>(null)
  const [isOver, setOver] = useState(false)
  const whole = useMemo(() => within(filter, place.condition), [filter, place.condition])
  const view = useViewIds({ entity, filter: whole, sort })
  const ids = useMemo(() => withMoved(view.ids, moved, place.value), [view.ids, moved, place.value])
  const { pick, onKeyDown } = useCardSelection({ ids, selection, select, isPart: true })
  const lines = useMemo(() => linesOf(entity, by, columns), [entity, by, columns])
  const wanted = useMemo(
    () => ({
      fields: [...new Set([...shownFields(entity), ...lines.map(({ key }) => key), by])],
      include: includesOf(lines),
    }),
    [entity, lines, by],
  )
  const height = cardHeight(lines.length)
  const virtual = useVirtualizer({
    count: ids.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 4,
  })
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {}
  const [range, setRange] = useState({ first: 0, last: 0 })
  useEffect(() => setRange({ first: startIndex, last: endIndex }), [startIndex, endIndex])
  const rowOf = useRowWindows(entity, ids, range, wanted)
  const coming = cardFor(place, dragged, { by, targets: props.targets })
  function drop() {
    setOver(false)
    // A field in the column lets everything be dropped on it, also what stands here already.
    if (coming) void props.move(coming, place.value)
    setDragged(null)
  }
  const add = useAdded(props)
  const share = shareOf(selection, ids)
  const count = view.loaded ? ids.length : place.group?.count
  return (
    <section
      className={styles.column}
      aria-labelledby={heading}
      data-over={(coming && isOver) || undefined}
      onDragOver={(event) => {
        if (!coming) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        drop()
      }}
    >
      <header className={styles.head}>
        {ids.length > 0 && (
          <Tick
            label={texts.t("list.board.selectAll", { column: place.label })}
            checked={share === "some" ? "mixed" : share === "all"}
            onClick={() => select(toggleAll(selection, ids))}
          />
        )}
        <h2 id={heading} className={styles.name}>
          {place.value === null ? (
            place.label
          ) : (
            <Chip {...choiceLook(by, place.value, field)}>{place.label}</Chip>
          )}
        </h2>
        <span className={styles.count}>{count === undefined ? "" : texts.formats.number(count)}</span>
        <Sums group={place.group} columns={props.summed} texts={texts} />
      </header>
      <div ref={box} className={styles.cards}>
        {view.error && !view.loaded && <ErrorLine error={view.error} retry={() => view.refetch()} />}
        <ul
          aria-labelledby={heading}
          className={styles.list}
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={(event) => {
            stepAside(event, (index, step) =>
              moveAside(props, moved.get(ids[index] ?? "")?.row ?? rowOf(index), step),
            )
            if (!event.defaultPrevented) onKeyDown(event)
          }}
        >
          {virtual.getVirtualItems().map(({ index, start }) => {
            const id = ids[index] ?? ""
            return (
              <BoardCard
                key={id}
                entity={entity}
                row={moved.get(id)?.row ?? rowOf(index)}
                lines={lines}
                texts={texts}
                style={{ transform: `translateY(${start}px)`, height }}
                place={{ setSize: ids.length, index }}
                isSelected={selection.ids.has(id)}
                onSelect={(event) => pick(index, event.shiftKey)}
                value={place.value}
                targets={props.targets}
                canMove={props.canMove}
                isPeeked={props.peeked === id}
                onPeek={() => props.peek(id)}
                onOpen={() => leaveTrail(entity, ids, index)}
                onMove={(row, value) => void props.move(row, value)}
                onDrag={setDragged}
                hasArrived={props.arrived === id}
                onArrived={() => props.setArrived(null)}
              />
            )
          })}
        </ul>
      </div>
      {props.canAdd && (
        <QuickAdd
          entity={entity}
          values={{ [by]: place.value }}
          column={place.label}
          texts={texts}
          onAdded={(record, name) => void add(record, name)}
        />
      )}
    </section>
  )
}

/** Moves a card to the next column or the one before, with the focus. */
function moveAside(props: BoardColumnProps, row: AnyRecord | undefined, step: 1 | -1): void {
  const { targets, place, canMove, setArrived } = props
  const to = targets[targets.indexOf(place) + step]
  if (!row || !to || !canMove || !targets.includes(place)) return
  setArrived(row.id)
  props.move(row, to.value).then((isMoved) => isMoved || setArrived(row.id))
}

/** What follows when a record was made in the column: it stands there, unless it got another value, with a way back. */
function useAdded({ entity, by, filter, texts, show }: BoardColumnProps) {
  const { t } = texts
  const { remove } = useDeleteRecord(entity)
  const showError = useErrorToast()
  return async (row: AnyRecord, name: string) => {
    const undo = () => remove.mutateAsync(row.id).catch(showError)
    const shown = show(row, row[by] ?? null)
    const fields = [declarationOf(entity).title]
    const isListed = await fetchList(entity, { filter, only: [row.id], fields, limit: 1 }).then(
      ({ data }) => data.length > 0,
      () => true,
    )
    toast({ text: t(isListed ? "list.board.added" : "list.board.addedHidden", { name }), undo })
    await shown
  }
}

/** Ids of a column with those just moved into it first, and without those moved away. */
function withMoved(
  ids: readonly string[],
  moved: ReadonlyMap<string, Moved>,
  value: unknown,
): readonly string[] {
  if (moved.size === 0) return ids
  const known = new Set(ids)
  const come = [...moved].filter(([id, one]) => one.value === value && !known.has(id)).map(([id]) => id)
  return [...come, ...ids.filter((id) => !moved.has(id) || moved.get(id)?.value === value)]
}
function shownFields(entity: LayoutProps["entity"]): string[] {
  const { title, subtitle = [], fields } = declarationOf(entity)
  return [title, ...subtitle].filter((key) => key in fields)
}

function Sums({
  group,
  columns,
  texts,
}: { group: Group | undefined } & Pick<LayoutProps, "columns" | "texts">) {
  const sums = columns.flatMap(({ key, field }) =>
    (group?.figures[key] ?? []).map((figures) => ({
      key: `${key} ${figures.currency}`,
      label: texts.labels.field(key),
      text: figureText({ key, field }, figures.sum, figures.currency, texts),
    })),
  )
  if (sums.length === 0) return null
  return (
    <span className={styles.sums}>
      {sums.map(({ key, label, text }) => (
        <span key={key}>{`${label}: ${texts.t("list.sums.sum", { value: text })}`}</span>
      ))}
    </span>
  )
}
