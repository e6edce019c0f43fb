import { FormatError } from "./format-error.ts"

/** Longest text of one cell in UTF-16 units; the rest is cut and the row carries a problem. */
export const MAX_CELL_LENGTH = 1_000_000
/** Columns a sheet can have in the common spreadsheet programs. */
export const MAX_COLUMNS = 16_384

/** A fault of one row. The row still comes out, with what could be read; `column` counts from 1. */
export type RowProblem =
  | { code: "too_many_cells"; expected: number; found: number }
  | { code: "cell_too_large"; column: number; limit: number }
  | { code: "unterminated_quote"; column: number }
  | { code: "stray_quote"; column: number }
  | { code: "invalid_characters"; column: number }
  | { code: "formula_error"; column: number; value: string }

/** `line` is the 1-based line of the text file, or the row number of the sheet. */
export type TableRow = { line: number; cells: string[]; problem?: RowProblem }

export type OpenOptions = {
  /** One character; guessed when absent. */
  delimiter?: string
  /** A name iconv-lite knows; recognised from the bytes when absent. */
  encoding?: string
  /** Name of the sheet; the first visible one when absent. */
  sheet?: string
  /** Rows with content above the header; found when absent. */
  skipRows?: number
}

export type OpenedTable = {
  format: "csv" | "xlsx"
  encoding?: string
  /** True when no byte order mark, valid UTF-8 or choice of the user vouches for `encoding`: worth a question. */
  encodingIsGuess?: boolean
  delimiter?: string
  sheets?: { name: string; hidden: boolean }[]
  /** The sheet that is read. */
  sheet?: string
  columns: string[]
  /** Line or sheet row of the header. */
  headerLine: number
  /** Data rows; exact for small text files, otherwise extrapolated; absent when nothing tells. */
  estimatedRows?: number
  /** Size of the file. */
  bytes: number
  /**
   * Reads the data rows from the start, in batches, each time it is called; `skip` leaves out that many rows.
   * Every row has at least as many cells as there are columns. Rows without any content are not counted,
   * but a text line of delimiters only is a row of empty cells.
   */
  rows(options?: { skip?: number }): AsyncGenerator<TableRow[]>
  /** Bytes of the file consumed by the latest `rows()`. */
  position(): number
  /** Frees what the table holds open. Safe to call twice; `rows()` no longer works afterwards. */
  close(): Promise<void>
}

/** Pads a short row, and flags a long one unless everything beyond the columns is empty. */
export function fitRow(row: TableRow, width: number): TableRow {
  const { cells } = row
  while (cells.length < width) cells.push("")
  if (cells.length === width) return row
  let filled = cells.length
  while (filled > width && cells[filled - 1] === "") filled--
  if (filled > width) row.problem ??= { code: "too_many_cells", expected: width, found: cells.length }
  cells.length = Math.min(filled, MAX_COLUMNS)
  return row
}

const LABEL = /\p{L}/u
const NOT_A_LABEL = /@|^[\d\s.,:/-]+$|^https?:/

/**
 * Index of the header among the first rows. Titles and group headings above a header fill few of the columns:
 * when the first row fills at most half of them and one of the next ten fills more, with labels only, that one
 * is the header. Otherwise the first row is.
 */
export function findHeader(rows: readonly string[][]): number {
  const filled = rows.map((cells) => cells.filter((cell) => cell.trim() !== "").length)
  const width = Math.max(0, ...filled)
  if (width < 3 || filled[0]! * 2 > width) return 0
  const found = rows.slice(0, 11).findIndex((cells, index) => filled[index]! * 2 > width && isHeader(cells))
  return Math.max(found, 0)
}

function isHeader(cells: readonly string[]): boolean {
  const labels = cells.map((cell) => cell.trim()).filter((cell) => cell !== "")
  return labels.every((cell) => LABEL.test(cell) && !NOT_A_LABEL.test(cell))
}

/**
 * Names columns as read: an empty header becomes "Column 3", a repeated one "Email (2)".
 * @throws FormatError `validation_failed` when there are more columns than a sheet can have
 */
export function nameColumns(cells: readonly string[]): string[] {
  if (cells.length > MAX_COLUMNS) {
    throw new FormatError("validation_failed", `The header has more than ${MAX_COLUMNS} columns`, {
      reason: "too_many_columns",
      remedy: "Remove the columns you do not need, or choose another delimiter",
      limit: MAX_COLUMNS,
      found: cells.length,
    })
  }
  const wanted = cells.map((cell, index) => cell.trim() || `Column ${index + 1}`)
  const taken = new Set(wanted)
  const seen = new Map<string, number>()
  return wanted.map((name) => {
    const count = seen.get(name) ?? 0
    seen.set(name, count + 1)
    if (count === 0) return name
    let number = count + 1
    while (taken.has(`${name} (${number})`)) number++
    seen.set(name, number)
    taken.add(`${name} (${number})`)
    return `${name} (${number})`
  })
}
