import { type LinesDocument, totalsOf } from "@regulars/contract/domains/lines.ts"
import { useEffect, useMemo, useRef, useState } from "react"
import { useFormats, useT } from "../../lib/i18n.tsx"
import { type LineColumn, lineColumns } from "./line-columns.ts"
import { LineRow } from "./line-row.tsx"
import { changed, type GridLine, isBlank, toldLines } from "./line-rows.ts"
import { LineTotals } from "./line-totals.tsx"
import styles from "./lines.module.css"
import type { FindProducts } from "./name-cell.tsx"
import { useLineActions } from "./use-line-actions.ts"
import { useLineRows } from "./use-line-rows.ts"

export interface LinesGridProps {
  /** Lines of the document. Those that are told must come back here at once, while they are being saved. */
  lines: readonly GridLine[]
  /** What else decides about the totals. */
  document: Omit<LinesDocument, "lines">
  /** Told whenever a cell is left or a line was added, moved or removed. Without it the lines are shown only. */
  onChange?: ((lines: readonly GridLine[]) => void) | undefined
  /** Products by a part of their name; without it names are typed. */
  findProducts?: FindProducts | undefined
  /** Something of the lines can have come back: a column says how much. */
  returns?: boolean | undefined
  ariaLabel: string
}
/**
 * What is sold, line by line: Enter goes to the next line, Tab to the next cell, Alt and an arrow move a line,
 * Ctrl D doubles it, Ctrl Delete removes it with a way back; rows of a spreadsheet are pasted from any cell on.
 */
export function LinesGrid(props: LinesGridProps) {
  const { lines, document, onChange, findProducts, returns = false } = props
  const t = useT()
  const formats = useFormats()
  const { state, edit, tell } = useLineRows(lines, onChange)
  const list = useRef<HTMLOListElement>(null)
  const focus = useCellFocus(list)
  const { currency } = document
  const reading = useMemo(() => ({ formats, currency }), [formats, currency])
  const actions = useLineActions({ state, tell, focus, reading })
  const told = useMemo(() => toldLines(state), [state])
  const totals = useMemo(() => totalsOf({ ...document, lines: told }), [document, told])
  const mayEdit = onChange !== undefined
  const columns = returns ? lineColumns : lineColumns.filter(({ key }) => key !== "returned")
  const shown = mayEdit ? state.rows : state.rows.filter((line) => !isBlank(line))
  return (
    <div className={styles.grid} data-returns={returns || undefined}>
      <div className={styles.head} aria-hidden="true">
        {columns.map(({ key, label }) => (
          <span key={key} className={styles[key]}>
            {t(label)}
          </span>
        ))}
        <span className={styles.amount}>{t("lines.amount")}</span>
      </div>
      {shown.length === 0 && <p className={styles.nothing}>{t("lines.none")}</p>}
      <ol ref={list} className={styles.lines} aria-label={props.ariaLabel}>
        {shown.map((line, place) => (
          <LineRow
            key={line.id}
            line={line}
            columns={columns}
            place={place}
            reading={reading}
            figures={totals?.lines[told.findIndex(({ id }) => id === line.id)]}
            findProducts={findProducts}
            mayEdit={mayEdit}
            onEdit={(changes) => edit((old) => changed(old, line.id, changes))}
            onLeave={() => tell(state)}
            onChosen={() => focus(line.id, "quantity")}
            actions={actions}
          />
        ))}
      </ol>
      <LineTotals document={document} totals={totals} />
    </div>
  )
}

/** Puts the focus into a cell when it has been drawn, which a moved or doubled line is only then. */
function useCellFocus(list: { current: HTMLElement | null }) {
  const [wanted, setWanted] = useState<{ id: string; column: LineColumn["key"] } | null>(null)
  useEffect(() => {
    if (!wanted) return
    const { id, column } = wanted
    list.current?.querySelector<HTMLElement>(`[data-line="${id}"] [data-column="${column}"]`)?.focus()
    setWanted(null)
  }, [wanted, list])
  return (id: string, column: LineColumn["key"]) => setWanted({ id, column })
}
