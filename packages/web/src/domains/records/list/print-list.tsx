import type { EntityName } from "@regulars/contract/entities.ts"
import { useEffect, useRef, useState } from "react"
import { titleOf } from "../../../lib/format.ts"
import type { AnyRecord } from "../../../lib/records.ts"
import { declarationOf } from "../../../lib/records.ts"
import { useErrorToast } from "../../../ui/toast.tsx"
import { type CellTexts, plainText } from "./cell-view.tsx"
import { type Column, includesOf } from "./columns.ts"
import { fetchRows } from "./fetch-rows.ts"
import styles from "./print-sheet.module.css"
import { PrintSheet } from "./print-sheet.tsx"

/** Most rows printed at once: about forty pages. */
const most = 2000

interface PrintListProps {
  entity: EntityName
  ids: readonly string[]
  columns: readonly Column[]
  texts: CellTexts
  onDone: () => void
}
/** The list on paper: all its rows, not only those in sight, in the columns shown. */
export function PrintList({ entity, ids, columns, texts, onDone }: PrintListProps) {
  const showError = useErrorToast()
  const [rows, setRows] = useState<AnyRecord[]>()
  const [names, setNames] = useState(new Map<string, string>())
  const wanted = useRef({ entity, ids: ids.slice(0, most), columns, showError, onDone })
  useEffect(() => {
    const { entity, ids, columns, showError, onDone } = wanted.current
    const fields = [...new Set([...columns.map(({ key }) => key), ...titleFieldsOf(entity)])]
    fetchRows(entity, ids, { fields, include: includesOf(columns) }).then(
      (found) => {
        setNames(found.names)
        setRows(found.rows)
      },
      (error: unknown) => {
        showError(error)
        onDone()
      },
    )
  }, [])
  if (!rows) return null
  const { t, labels, formats } = texts
  const nameOf: CellTexts["nameOf"] = (target, id) => names.get(`${target} ${id}`) ?? texts.nameOf(target, id)
  const { title } = declarationOf(entity)
  return (
    <PrintSheet onDone={onDone}>
      <h1 className={styles.title}>{labels.other}</h1>
      {ids.length > most && (
        <p className={styles.note}>
          {t("list.print.limit", { shown: formats.number(most), total: formats.number(ids.length) })}
        </p>
      )}
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map(({ key }) => (
              <th key={key}>{labels.field(key)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              {columns.map(({ key, field }) => (
                <td key={key}>
                  {key === title
                    ? titleOf(row, title)
                    : plainText(key, field, row[key], { ...texts, nameOf })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </PrintSheet>
  )
}
/** What a record without a name is called by. */
function titleFieldsOf(entity: EntityName): string[] {
  const { fields } = declarationOf(entity)
  return ["emails", "phones"].filter((key) => key in fields)
}
