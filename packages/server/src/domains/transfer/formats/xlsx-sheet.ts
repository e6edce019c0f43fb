import { MAX_CELL_LENGTH, MAX_COLUMNS, type RowProblem, type TableRow } from "./table.ts"
import { damaged } from "./xlsx-archive.ts"
import { formatIsoDate, formatNumber } from "./xlsx-values.ts"
import { stringCollector, type Workbook } from "./xlsx-workbook.ts"
import type { XmlHandlers } from "./xml-events.ts"

/** The cell being read; `value` is undefined until the XML brings one. */
type OpenCell = {
  type: string
  style: number
  value: string | undefined
  isInline: boolean
  hasFormula: boolean
}

/**
 * Turns the events of a sheet's XML into rows. Rows without a value are left out and not counted; missing cells
 * come as empty text.
 */
export class SheetReader implements XmlHandlers {
  /** Rows read so far; the caller takes them out. */
  readonly rows: TableRow[] = []
  /** Number of the last row as the sheet declares it, if it does. */
  declaredRows: number | undefined
  readonly #workbook: Workbook
  readonly #inline = stringCollector()
  #skip: number
  #line = 0
  #cells: string[] = []
  #problem: RowProblem | undefined
  #column = -1
  #cell: OpenCell = { type: "n", style: 0, value: undefined, isInline: false, hasFormula: false }
  #isInValue = false

  constructor(workbook: Workbook, skip: number) {
    this.#workbook = workbook
    this.#skip = skip
  }

  open(tag: string, attributes: Record<string, string>): void {
    if (tag === "c") this.#openCell(attributes)
    else if (tag === "v") {
      this.#isInValue = true
      this.#cell.value = ""
    } else if (tag === "row") this.#openRow(attributes.r)
    else if (tag === "f") this.#cell.hasFormula = true
    else if (tag === "is") this.#cell.isInline = true
    else if (tag === "dimension") this.declaredRows = Number(/\d+$/.exec(attributes.ref ?? "")?.[0] ?? 0)
    else this.#inline.open(tag)
  }

  text(text: string): void {
    if (this.#isInValue) this.#cell.value = (this.#cell.value + text).slice(0, MAX_CELL_LENGTH + 1)
    else this.#inline.text(text)
  }

  close(tag: string): void {
    if (tag === "v") this.#isInValue = false
    else if (tag === "c") this.#closeCell()
    else if (tag === "row") this.#closeRow()
    else this.#inline.close(tag)
  }

  #openRow(number: string | undefined): void {
    this.#line = Number(number) || this.#line + 1
    this.#cells = []
    this.#problem = undefined
    this.#column = -1
  }

  #openCell({ r = "", t = "n", s = "0" }: Record<string, string>): void {
    const column = columnIndex(r)
    this.#column = column === -1 ? this.#column + 1 : column
    if (this.#column >= MAX_COLUMNS)
      damaged(new Error(`row ${this.#line} goes beyond the last possible column`))
    this.#cell = { type: t, style: Number(s), value: undefined, isInline: false, hasFormula: false }
  }

  #closeCell(): void {
    const cell = this.#cell
    if (cell.isInline) cell.value = this.#inline.take()
    if (cell.value === undefined || (cell.value === "" && cell.type === "n" && !cell.isInline)) {
      // A formula that the program which wrote it never calculated.
      if (cell.hasFormula) this.#problem ??= { code: "formula_error", column: this.#column + 1, value: "" }
      return
    }
    while (this.#cells.length < this.#column) this.#cells.push("")
    this.#cells[this.#column] = this.#skip > 0 ? cell.value : this.#cellText(cell, cell.value)
  }

  #closeRow(): void {
    if (this.#cells.length === 0) return
    if (this.#skip-- > 0) return
    this.rows.push({ line: this.#line, cells: this.#cells, ...(this.#problem && { problem: this.#problem }) })
  }

  #cellText({ type, style, isInline }: OpenCell, raw: string): string {
    if (!isInline && type === "n") {
      return formatNumber(raw, this.#workbook.kinds[style] ?? "number", this.#workbook.uses1904)
    }
    if (type === "b") return /^(1|true)$/.test(raw) ? "true" : "false"
    if (type === "d") return formatIsoDate(raw)
    if (type === "e") this.#problem ??= { code: "formula_error", column: this.#column + 1, value: raw }
    const text = type === "s" && !isInline ? this.#sharedText(Number(raw)) : raw
    if (text.length <= MAX_CELL_LENGTH) return text
    this.#problem ??= { code: "cell_too_large", column: this.#column + 1, limit: MAX_CELL_LENGTH }
    return text.slice(0, MAX_CELL_LENGTH)
  }

  #sharedText(index: number): string {
    return (
      this.#workbook.strings.get(index) ??
      damaged(new Error(`row ${this.#line} refers to a text that is missing`))
    )
  }
}

/** 0 for "A1", 27 for "AB12", -1 without letters. */
function columnIndex(reference: string): number {
  let index = 0
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at)
    if (code < 65 || code > 90) break
    index = index * 26 + code - 64
  }
  return index - 1
}
