import { stat } from "node:fs/promises"
import { unguard } from "@regulars/contract/kernel/formula-guard.ts"
import { type CsvDialect, findDialect } from "./csv-dialect.ts"
import { CsvParser } from "./csv-parser.ts"
import { FormatError } from "./format-error.ts"
import {
  findHeader,
  fitRow,
  nameColumns,
  type OpenedTable,
  type OpenOptions,
  type TableRow,
} from "./table.ts"
import { detectEncoding, readText } from "./text-encoding.ts"

const SAMPLE_LENGTH = 1_000_000
const FIRST_ROWS = 50

/**
 * Opens a text file of delimited rows. Nothing stays open between calls, so `close()` does nothing.
 * @throws FormatError `validation_failed` for an empty file, an unknown encoding or too many columns
 */
export async function openCsv(file: string, options: OpenOptions = {}): Promise<OpenedTable> {
  const { size } = await stat(file)
  const { encoding, isGuess, mayBeDamaged } = await detectEncoding(file, options.encoding)
  const sample = await readSample(file, encoding)
  const dialect = findDialect(sample.text, options.delimiter)
  const first = await firstRows(file, encoding, dialect, options.skipRows ?? 0)
  const header = options.skipRows === undefined ? findHeader(first.map((row) => row.cells)) : 0
  const headerRow = first[header]
  if (!headerRow) {
    throw new FormatError("validation_failed", "The file holds no rows", {
      reason: "empty",
      remedy: "Choose a file with a header line and at least one row",
    })
  }
  const columns = nameColumns(headerRow.cells.map(unguard))
  const rowsBefore = dialect.rowsBefore + (options.skipRows ?? 0) + header + 1
  let consumed = 0

  async function* rows({ skip = 0 } = {}): AsyncGenerator<TableRow[]> {
    const parser = new CsvParser({ ...dialect, skip: rowsBefore + skip })
    const finish = (row: TableRow) => finishRow(row, columns.length, mayBeDamaged)
    consumed = 0
    for await (const text of readText(file, encoding, (bytes) => (consumed = bytes))) {
      const batch = parser.push(text)
      if (batch.length > 0) yield batch.map(finish)
    }
    const last = parser.end()
    if (last.length > 0) yield last.map(finish)
  }

  return {
    format: "csv",
    encoding,
    encodingIsGuess: isGuess,
    delimiter: dialect.delimiter,
    columns,
    headerLine: headerRow.line,
    estimatedRows: Math.max(0, estimateRows(sample, size, dialect) - rowsBefore),
    bytes: size,
    rows,
    position: () => consumed,
    close: async () => {},
  }
}

function finishRow(row: TableRow, width: number, mayBeDamaged: boolean): TableRow {
  const { cells } = row
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index]!
    if (cell.charCodeAt(0) === 0x27) cells[index] = unguard(cell)
    if (mayBeDamaged && cell.includes("\ufffd"))
      row.problem ??= { code: "invalid_characters", column: index + 1 }
  }
  return fitRow(row, width)
}

type Sample = { text: string; bytes: number; isWhole: boolean }

async function readSample(file: string, encoding: string): Promise<Sample> {
  let text = ""
  let bytes = 0
  for await (const piece of readText(file, encoding, (count) => (bytes = count))) {
    text += piece
    if (text.length >= SAMPLE_LENGTH) return { text, bytes, isWhole: false }
  }
  return { text, bytes, isWhole: true }
}

async function firstRows(
  file: string,
  encoding: string,
  dialect: CsvDialect,
  skipRows: number,
): Promise<TableRow[]> {
  const parser = new CsvParser({ ...dialect, skip: dialect.rowsBefore + skipRows })
  const rows: TableRow[] = []
  for await (const text of readText(file, encoding)) {
    rows.push(...parser.push(text))
    if (rows.length >= FIRST_ROWS) return rows.slice(0, FIRST_ROWS)
  }
  return [...rows, ...parser.end()].slice(0, FIRST_ROWS)
}

function estimateRows(sample: Sample, size: number, dialect: CsvDialect): number {
  const parser = new CsvParser({ ...dialect, skip: Number.POSITIVE_INFINITY })
  parser.push(sample.text)
  if (sample.isWhole) parser.end()
  return sample.isWhole ? parser.rowCount : Math.round((parser.rowCount * size) / sample.bytes)
}
