import { stat } from "node:fs/promises"
import { FormatError } from "./format-error.ts"
import {
  findHeader,
  fitRow,
  nameColumns,
  type OpenedTable,
  type OpenOptions,
  type TableRow,
} from "./table.ts"
import { openArchive } from "./xlsx-archive.ts"
import { SheetReader } from "./xlsx-sheet.ts"
import { chooseSheet, readWorkbook } from "./xlsx-workbook.ts"
import { parseXml } from "./xml-events.ts"

const FIRST_ROWS = 50
const BATCH_ROWS = 500

/**
 * Opens a sheet of an .xlsx workbook. The sheet streams; shared strings are kept compactly, and in a temporary
 * file when there are very many, until `close()`.
 * @throws FormatError as `openTable` does
 */
export async function openXlsx(file: string, options: OpenOptions = {}): Promise<OpenedTable> {
  const { size: bytes } = await stat(file)
  const archive = await openArchive(file)
  const workbook = await readWorkbook(archive).catch((error) => {
    archive.close()
    throw error
  })
  const close = async () => {
    workbook.strings.close()
    archive.close()
  }
  let fraction = 0

  /** Rows with content, in batches, from the given one on. */
  async function* read(part: string, reader: SheetReader): AsyncGenerator<TableRow[]> {
    const size = Math.max(1, archive.size(part) ?? 1)
    fraction = 0
    for await (const read of parseXml(await archive.read(part), reader)) {
      fraction = Math.min(1, read / size)
      if (reader.rows.length >= BATCH_ROWS) yield reader.rows.splice(0)
    }
    if (reader.rows.length > 0) yield reader.rows.splice(0)
  }

  try {
    const sheet = chooseSheet(workbook.sheets, options.sheet)
    const start = new SheetReader(workbook, options.skipRows ?? 0)
    const first = await firstBatch(read(sheet.part, start))
    const lastLine = first.at(-1)?.line ?? 0
    // Some programs declare a size smaller than what they write.
    const lastRow =
      (start.declaredRows ?? 0) >= lastLine ? start.declaredRows! : Math.round(lastLine / fraction)
    const header =
      options.skipRows === undefined ? findHeader(first.slice(0, FIRST_ROWS).map((row) => row.cells)) : 0
    const headerRow = first[header]
    if (!headerRow) throw noRows(sheet.name)
    const columns = nameColumns(headerRow.cells)
    const rowsBefore = (options.skipRows ?? 0) + header + 1
    return {
      format: "xlsx",
      sheets: workbook.sheets.map(({ name, hidden }) => ({ name, hidden })),
      sheet: sheet.name,
      columns,
      headerLine: headerRow.line,
      estimatedRows: Math.max(0, lastRow - headerRow.line),
      bytes,
      async *rows({ skip = 0 } = {}) {
        for await (const batch of read(sheet.part, new SheetReader(workbook, rowsBefore + skip))) {
          yield batch.map((row) => fitRow(row, columns.length))
        }
      },
      position: () => Math.round(fraction * bytes),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function firstBatch(batches: AsyncGenerator<TableRow[]>): Promise<TableRow[]> {
  const { value } = await batches.next()
  await batches.return(undefined)
  return value ?? []
}

function noRows(sheet: string): FormatError {
  return new FormatError("validation_failed", `The sheet "${sheet}" holds no rows`, {
    reason: "empty",
    remedy: "Choose another sheet, or a file with a header row and at least one row below",
  })
}
