import { IconLayoutSidebarRight } from "@tabler/icons-react"
import { memo } from "react"
import { Link } from "wouter"
import { titleOf } from "../../../lib/format.ts"
import { lazyPart } from "../../../lib/lazy-part.tsx"
import type { AnyRecord } from "../../../lib/records.ts"
import { Avatar } from "../../../ui/avatar.tsx"
import { recordPath } from "../../../ui/fields/record-chip.tsx"
import { Later } from "../../../ui/later.tsx"
import { Bone } from "../../../ui/skeleton.tsx"
import type { Leave } from "./cell-editor.tsx"
import { type CellTexts, cellView } from "./cell-view.tsx"
import { type Column, isNumeric } from "./columns.ts"
import styles from "./grid.module.css"
import type { Refused } from "./sheet/cells-work.ts"
import { RefusedCell } from "./sheet/refused-cell.tsx"
import type { CellChange, Editing } from "./use-cell-editing.ts"

const CellEditor = lazyPart(() => import("./cell-editor.tsx"), "CellEditor", "soon")

export interface RowActions {
  save: (change: CellChange) => void
  leave: (how: Leave) => void
}
interface GridRowProps {
  entity: string
  index: number
  id: string
  row: AnyRecord | undefined
  columns: readonly Column[]
  texts: CellTexts
  titleField: string
  top: number
  selected: boolean
  peeked: boolean
  /** Column that takes the focus; -1 when it is in another row. */
  active: number
  editing: Editing | undefined
  /** First and last marked column, as `2:4`; empty when none is. */
  marked: string
  refused: ReadonlyMap<string, Refused> | undefined
  actions: RowActions
  square: boolean
}

/** One record of the grid; its cells are found again by `data-cell`. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { entity, index, row, columns, texts, top, selected, active, editing } = props
  const { t } = texts
  const [from = 0, to = -1] = props.marked === "" ? [] : props.marked.split(":").map(Number)
  const name = row ? titleOf(row, props.titleField) || t("state.unnamed") : ""
  // Spread, because no table element can hold rows that come and go.
  const at = (column: number, label?: string) => ({
    role: "gridcell",
    "aria-label": label,
    "data-cell": `${index}:${column}`,
    "aria-colindex": column + 1,
    tabIndex: active === column ? 0 : -1,
  })
  return (
    <div
      {...{ role: "row", "aria-rowindex": index + 2, "aria-selected": selected }}
      className={styles.row}
      data-peeked={props.peeked || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div {...at(0, t("list.select", { name }))} className={`${styles.cell} ${styles.select}`}>
        <span className={styles.box} data-checked={selected || undefined} aria-hidden="true" />
      </div>
      {columns.map(({ key, field, width }, place) => {
        const known = row !== undefined && key in row
        const className = `${styles.cell} ${place === 0 ? styles.title : ""} ${isNumeric(field) ? styles.number : ""}`
        const isMarked = place + 1 >= from && place + 1 <= to
        const refused = props.refused?.get(key)
        const states = { "aria-selected": isMarked || undefined, "aria-invalid": refused ? true : undefined }
        return (
          <div key={key} {...at(place + 1)} {...states} className={className}>
            {refused ? (
              <RefusedCell t={t} refused={refused} />
            ) : !known ? (
              <Bone width={place === 0 ? "60%" : "45%"} height={10} />
            ) : place === 0 ? (
              <Title entity={entity} row={row} name={name} square={props.square} texts={texts} />
            ) : (
              cellView(key, field, row[key], texts)
            )}
            {editing?.key === key && known && (
              <Later onClose={() => props.actions.leave("stay")}>
                <CellEditor
                  key={editing.refused?.reason}
                  entity={entity}
                  fieldKey={key}
                  field={field}
                  label={texts.labels.field(key)}
                  value={editing.refused ? editing.refused.value : (editing.refusedText?.text ?? row[key])}
                  before={editing.refused?.before ?? { value: row[key], version: row.version }}
                  reason={editing.refused?.reason ?? editing.refusedText?.reason}
                  width={width}
                  save={(value, before) => props.actions.save({ id: props.id, key, value, before, name })}
                  leave={props.actions.leave}
                />
              </Later>
            )}
          </div>
        )
      })}
    </div>
  )
})

interface TitleProps {
  entity: string
  row: AnyRecord
  name: string
  square: boolean
  texts: CellTexts
}
function Title({ entity, row, name, square, texts }: TitleProps) {
  const path = recordPath(entity, row.id)
  return (
    <>
      <Avatar name={name} size={22} square={square} photoId={row.photoId} />
      {path ? (
        <Link href={path} className={styles.link} tabIndex={-1} title={name}>
          {name}
        </Link>
      ) : (
        <span className={styles.text}>{name}</span>
      )}
      <button
        type="button"
        className={styles.peek}
        data-peek=""
        tabIndex={-1}
        aria-label={texts.t("list.peek.open", { name })}
        title={texts.t("list.peek.hint")}
      >
        <IconLayoutSidebarRight size={16} stroke={1.5} />
      </button>
    </>
  )
}
