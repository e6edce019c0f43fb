import type { Writable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { guard } from "@regulars/contract/kernel/formula-guard.ts"

const FLUSH_LENGTH = 65_536

export type WriteCsvOptions = {
  /** Default ",". */
  delimiter?: string
  /** Excel needs the mark to read UTF-8; on by default. */
  byteOrderMark?: boolean
}

export type Rows = AsyncIterable<readonly string[]> | Iterable<readonly string[]>

/**
 * Writes UTF-8 CSV (RFC 4180, "\r\n") and ends `out`. Text that a spreadsheet would take for a formula is guarded
 * (formula-guard.ts); our reader takes the guard off again.
 * @returns how many rows were written, the header not counted
 */
export async function writeCsv(
  out: Writable,
  columns: readonly string[],
  rows: Rows,
  options: WriteCsvOptions = {},
): Promise<{ rows: number }> {
  const delimiter = options.delimiter ?? ","
  const needsQuotes = new RegExp(`^[\\s'"]|\\s$|[\\r\\n"${delimiter.replace(/[\\\]^-]/, "\\$&")}]`)
  let count = 0

  function line(cells: readonly string[]): string {
    // A row of one empty cell would be a blank line, which readers skip.
    if (cells.length === 1 && cells[0] === "") return '""\r\n'
    let text = ""
    for (let index = 0; index < cells.length; index++) {
      const cell = guard(cells[index]!)
      if (index > 0) text += delimiter
      text += needsQuotes.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
    }
    return `${text}\r\n`
  }

  async function* lines(): AsyncGenerator<string> {
    let text = (options.byteOrderMark === false ? "" : "\ufeff") + line(columns)
    for await (const cells of rows) {
      text += line(cells)
      count++
      if (text.length < FLUSH_LENGTH) continue
      yield text
      text = ""
    }
    yield text
  }

  await pipeline(lines(), out)
  return { rows: count }
}
