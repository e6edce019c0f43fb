import type { EntityName } from "@regulars/contract/entities.ts"
import { IconDots, IconEye } from "@tabler/icons-react"
import { type CSSProperties, type MouseEvent, useEffect, useRef } from "react"
import { Link } from "wouter"
import { titleOf } from "../../../../lib/format.ts"
import { type AnyRecord, declarationOf } from "../../../../lib/records.ts"
import { IconButton } from "../../../../ui/button.tsx"
import { recordPath } from "../../../../ui/fields/record-chip.tsx"
import { Menu } from "../../../../ui/menu.tsx"
import { Bone } from "../../../../ui/skeleton.tsx"
import { type CellTexts, cellView } from "../cell-view.tsx"
import type { Column } from "../columns.ts"
import styles from "./board.module.css"
import { Tick } from "./tick.tsx"

const mostLines = 3
/** What a card says below its name: the first columns of the list. */
export function linesOf(entity: EntityName, by: string, columns: readonly Column[]): Column[] {
  const { title } = declarationOf(entity)
  return columns.filter(({ key }) => key !== title && key !== by).slice(0, mostLines)
}
/** Pixels a card takes with the space below it; the same for all, so that a column knows its height. */
export function cardHeight(lines: number): number {
  return 48 + lines * 24 + 8
}

interface BoardCardProps {
  entity: EntityName
  row: AnyRecord | undefined
  lines: readonly Column[]
  texts: CellTexts
  style: CSSProperties
  place: { setSize: number; index: number }
  isSelected: boolean
  onSelect: (event: MouseEvent) => void
  value: string | null
  targets: readonly { value: string | null; label: string }[]
  canMove: boolean
  isPeeked: boolean
  onPeek: () => void
  onOpen: () => void
  onMove: (row: AnyRecord, value: unknown) => void
  onDrag: (row: AnyRecord | null) => void
  /** Was moved here by keys: it takes the focus along. */
  hasArrived: boolean
  onArrived: () => void
}
export function BoardCard({ entity, row, lines, texts, style, place, ...card }: BoardCardProps) {
  const { t } = texts
  const box = useRef<HTMLLIElement>(null)
  const { hasArrived, onArrived } = card
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it comes
  useEffect(() => {
    if (!hasArrived) return
    box.current?.querySelector<HTMLElement>("[data-tick]")?.focus()
    onArrived()
  }, [hasArrived])
  const item = {
    ref: box,
    className: styles.item,
    style,
    "aria-setsize": place.setSize,
    "aria-posinset": place.index + 1,
    "data-card": place.index,
  }
  if (!row)
    return (
      <li {...item}>
        <div className={styles.card}>
          <Bone width="60%" />
        </div>
      </li>
    )
  const name = titleOf(row, declarationOf(entity).title) || t("state.unnamed")
  const moves = card.targets.map(({ value, label }) => ({
    id: `move ${value}`,
    label,
    checked: value === card.value,
    run: () => value !== card.value && card.onMove(row, value),
  }))
  const look = { id: "look", label: t("list.peek.open", { name }), icon: IconEye, run: card.onPeek }
  return (
    <li
      {...item}
      draggable={card.canMove}
      onDragStart={(event) => {
        event.dataTransfer.setData("text/plain", name)
        event.dataTransfer.effectAllowed = "move"
        card.onDrag(row)
      }}
      onDragEnd={() => card.onDrag(null)}
    >
      <div
        className={styles.card}
        data-peeked={card.isPeeked || undefined}
        data-selected={card.isSelected || undefined}
      >
        <div className={styles.top}>
          <Tick label={t("list.select", { name })} checked={card.isSelected} onClick={card.onSelect} />
          <Link
            href={recordPath(entity, row.id) ?? "#"}
            className={styles.title}
            draggable={card.canMove}
            onClick={card.onOpen}
          >
            {name}
          </Link>
          <Menu
            target={<IconButton icon={IconDots} label={t("list.board.actions", { name })} size="sm" />}
            groups={[
              { entries: [look] },
              ...(card.canMove ? [{ heading: t("list.board.move"), entries: moves }] : []),
            ]}
          />
        </div>
        {lines.map(({ key, field }) => (
          <div key={key} className={styles.line} title={texts.labels.field(key)}>
            {cellView(key, field, row[key], texts)}
          </div>
        ))}
      </div>
    </li>
  )
}
