import { openTable } from "./formats/open-table.ts"
import { readVcards } from "./formats/read-vcards.ts"
import type { OpenedTable, OpenOptions } from "./formats/table.ts"
import type { FileDetails } from "./imports.queries.ts"
import { cardCells } from "./rows/card-columns.ts"
import type { SourceRow } from "./rows/import-rows.ts"

/** The rows of an upload, whatever its format; cards are laid out as rows and carry the card along. */
export interface SourceFile {
  /** Batches of rows from the start, without the first `skip`. */
  rows(skip: number): AsyncGenerator<SourceRow[]>
  close(): Promise<void>
}
export interface SourceDescription {
  format: "csv" | "xlsx" | "vcard"
  details: Pick<FileDetails, "chosen" | "headerless" | "encoding" | "delimiter" | "sheet">
}

/** Opens an upload the way it was looked at first. Throws FormatError when it can't be read any more. */
export async function openSource(path: string, { format, details }: SourceDescription): Promise<SourceFile> {
  if (format === "vcard") return { rows: (skip) => cards(path, skip), close: async () => undefined }
  const table = await openTable(path, openOptions(details))
  return { rows: (skip) => tableRows(table, details.headerless, skip), close: () => table.close() }
}
export function openOptions({
  chosen,
  encoding,
  delimiter,
  sheet,
}: Partial<SourceDescription["details"]>): OpenOptions {
  const options = {
    encoding: chosen?.encoding ?? encoding,
    delimiter: chosen?.delimiter ?? delimiter,
    sheet: chosen?.sheet ?? sheet,
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value)) as OpenOptions
}

/** The header of a file without one is its first row. */
async function* tableRows(
  table: OpenedTable,
  headerless: boolean,
  skip: number,
): AsyncGenerator<SourceRow[]> {
  if (headerless && skip === 0) yield [{ line: table.headerLine, cells: unnamed(table.columns) }]
  yield* table.rows({ skip: headerless ? Math.max(0, skip - 1) : skip })
}
/** Takes back the names that were made for empty and repeated headers. */
export function unnamed(columns: readonly string[]): string[] {
  return columns.map((name, index) => {
    if (name === `Column ${index + 1}`) return ""
    const bare = name.replace(/ \(\d+\)$/, "")
    return columns.slice(0, index).includes(bare) ? bare : name
  })
}

const cardsPerBatch = 100
async function* cards(path: string, skip: number): AsyncGenerator<SourceRow[]> {
  let batch: SourceRow[] = []
  let number = 0
  for await (const { line, card, problem } of readVcards(path)) {
    if (++number <= skip) continue
    // Pictures are not imported, and would make a thousand cards too much to hold.
    const { photo: _, ...rest } = card
    batch.push({
      line,
      cells: cardCells(rest),
      card: rest,
      ...(problem && { problem: { code: problem.code } }),
    })
    if (batch.length < cardsPerBatch) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Rows in chunks of exactly `size`, counted from the start of the file, so that they are the same after a restart. */
export async function* chunksOf(
  batches: AsyncIterable<SourceRow[]>,
  size: number,
): AsyncGenerator<SourceRow[]> {
  let chunk: SourceRow[] = []
  for await (const batch of batches) {
    for (const row of batch) {
      chunk.push(row)
      if (chunk.length < size) continue
      yield chunk
      chunk = []
    }
  }
  if (chunk.length > 0) yield chunk
}
