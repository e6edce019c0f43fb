import type { ClipboardEvent, ComponentProps } from "react"
import { useT } from "../../lib/i18n.tsx"
import type { LineColumn } from "./line-columns.ts"
import type { GridLine } from "./line-rows.ts"
import styles from "./lines.module.css"
import { type FindProducts, NameCell, ProductCell } from "./name-cell.tsx"

interface LineCellProps {
  column: LineColumn
  place: number
  text: string
  /** Id of the sentence that says what is wrong with it. */
  faultId: string | undefined
  isBlank: boolean
  mayEdit: boolean
  /** What else the line says, below it. */
  beside: string
  findProducts: FindProducts | undefined
  onType: (text: string) => void
  onLeave: () => void
  /** Several cells, as a spreadsheet gives them. */
  onPaste: (text: string) => void
  onChoose: (changes: Partial<GridLine>) => void
}
/** One cell of a line: shown, or typed into. */
export function LineCell({ column: { key, label }, place, text, faultId, ...cell }: LineCellProps) {
  const t = useT()
  const input = {
    className: styles.input,
    "data-column": key,
    "aria-label": t("lines.cell", { column: t(label), line: place + 1 }),
    "aria-invalid": faultId !== undefined || undefined,
    "aria-describedby": faultId,
    autoComplete: "off",
    value: text,
    placeholder: cell.isBlank ? t(label) : key === "quantity" ? "1" : undefined,
    onPaste(event: ClipboardEvent) {
      const pasted = event.clipboardData.getData("text/plain")
      if (!/[\t\n]/.test(pasted.trim())) return
      event.preventDefault()
      cell.onPaste(pasted)
    },
  }
  return (
    <div className={`${styles.cell} ${styles[key]}`}>
      <span className={styles.label} aria-hidden="true">
        {t(label)}
      </span>
      {!cell.mayEdit ? (
        <span className={styles.text}>{key === "quantity" ? text || "1" : text}</span>
      ) : key === "name" ? (
        <Name input={input} {...cell} />
      ) : (
        <input
          {...input}
          inputMode="decimal"
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => cell.onType(event.currentTarget.value)}
          onBlur={cell.onLeave}
        />
      )}
      {cell.beside !== "" && <span className={styles.beside}>{cell.beside}</span>}
    </div>
  )
}

type NameProps = Pick<LineCellProps, "findProducts" | "onType" | "onLeave" | "onChoose"> & {
  input: ComponentProps<"input"> & { value: string }
}
function Name({ input, findProducts, onType, onLeave, onChoose }: NameProps) {
  const shared = { input, onType, onLeave }
  return findProducts ? (
    <ProductCell {...shared} findProducts={findProducts} onChoose={onChoose} />
  ) : (
    <NameCell {...shared} />
  )
}
