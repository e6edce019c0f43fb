import { companies, people } from "@regulars/contract/domains/people.ts"
import type { ImportColumn } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { Translate } from "@regulars/locales/runtime.ts"
import { FormatError } from "./formats/format-error.ts"
import { openTable } from "./formats/open-table.ts"
import { sniffFormat } from "./formats/sniff-format.ts"
import type { OpenedTable } from "./formats/table.ts"
import type { FileDetails, ImportEntity, ImportRow } from "./imports.queries.ts"
import { type RecognisedColumn, recogniseTable } from "./recognise/recognise.ts"
import { isRejectsFile } from "./rejects.ts"
import { cardColumns } from "./rows/card-columns.ts"
import { ownReason } from "./rows/draft.ts"
import { isImportable, recogniseOwn } from "./rows/own-columns.ts"
import { openOptions, openSource, unnamed } from "./source-file.ts"
import { detectDateOrder } from "./values/dates.ts"

/** Rows from which columns are recognised, and rows in which ambiguous dates look for one that decides. */
const sampleRows = 200
const deepRows = 3000
const shownSamples = 5

export interface Look {
  /** What the rows are, when somebody has said so. */
  entity?: ImportEntity
  chosen: FileDetails["chosen"]
  headerless?: boolean
  locale: string
  t: Translate
}
export type Recognised = Pick<ImportRow, "entity" | "format" | "details" | "columns" | "total">

/**
 * Looks at an upload: its format, and for each column where it goes. Reads some thousand rows, never the whole
 * file. Throws FormatError for what can't be imported.
 */
export async function recogniseFile(path: string, look: Look): Promise<Recognised> {
  const sniffed = await sniffFormat(path)
  if (sniffed.format !== "vcard") return recogniseRows(path, look)
  if (look.entity === "companies")
    throw new FormatError("unsupported_format", "Contact cards are imported as people", {
      reason: "vcard_companies",
    })
  const details = { ...emptyDetails, bytes: 0, chosen: {} }
  const source = await openSource(path, { format: "vcard", details })
  const samples: string[][] = []
  for await (const batch of source.rows(0)) {
    samples.push(...batch.map(({ cells }) => cells))
    break
  }
  return {
    entity: "people",
    format: "vcard",
    details: { ...details, source: "vcard" },
    columns: cardColumns(samples, look.t),
    total: null,
  }
}
const emptyDetails = {
  encoding: null,
  encodingIsGuess: false,
  delimiter: null,
  sheets: [],
  sheet: null,
  headerless: false,
  headers: [],
  source: null,
}

async function recogniseRows(path: string, look: Look): Promise<Recognised> {
  const table = await openTable(path, openOptions({ chosen: look.chosen }))
  try {
    const rows = await firstRows(table, deepRows)
    const asNamed = recogniseTable({
      headers: table.columns,
      samples: rows.slice(0, sampleRows),
      entity: look.entity,
      locale: look.locale,
    })
    const headerless = look.headerless ?? asNamed.isHeaderless
    const samples = headerless ? [unnamed(table.columns), ...rows] : rows
    const headers = headerless ? table.columns.map((_, index) => `Column ${index + 1}`) : table.columns
    const own = ownEntity(headers, samples, look.entity)
    const recognised = headerless
      ? recogniseTable({
          headers: headers.map(() => ""),
          samples: samples.slice(0, sampleRows),
          entity: look.entity ?? asNamed.entity,
          locale: look.locale,
        })
      : asNamed
    const entity = own?.entity ?? recognised.entity
    const columns = recognised.columns.map((column, index) =>
      columnOf({ ...column, header: headers[index] as string }, samples),
    )
    if (isRejectsFile(headers)) for (const column of columns.slice(-2)) leaveOut(column)
    if (own)
      for (const [index, target] of own.columns)
        columns[index] = ownColumn(columns[index] as ImportColumn, entity, target)
    return {
      entity,
      format: table.format,
      details: detailsOf(table, {
        look,
        headerless,
        headers,
        source: own ? ownReason : (recognised.source ?? null),
      }),
      columns,
      total: table.estimatedRows === undefined ? null : table.estimatedRows + (headerless ? 1 : 0),
    }
  } finally {
    await table.close()
  }
}
function leaveOut(column: ImportColumn): void {
  Object.assign(column, { target: { field: "ignore" }, confidence: 1, ask: false, dateOrder: null })
}
async function firstRows(table: OpenedTable, most: number): Promise<string[][]> {
  const rows: string[][] = []
  for await (const batch of table.rows()) {
    rows.push(...batch.map(({ cells }) => cells))
    if (rows.length >= most) break
  }
  return rows.slice(0, most)
}
function detailsOf(
  table: OpenedTable,
  facts: { look: Look; headerless: boolean; headers: string[]; source: string | null },
): FileDetails {
  const { look, headerless, headers, source } = facts
  return {
    bytes: table.bytes,
    encoding: table.encoding ?? null,
    encodingIsGuess: table.encodingIsGuess ?? false,
    delimiter: table.delimiter ?? null,
    sheets: (table.sheets ?? []).filter(({ hidden }) => !hidden).map(({ name }) => name),
    sheet: table.sheet ?? null,
    headerless,
    headers,
    source,
    chosen: look.chosen,
  }
}

function columnOf(column: RecognisedColumn, samples: readonly (readonly string[])[]): ImportColumn {
  const { index } = column
  const ambiguous = column.dateOrder === "ambiguous"
  // One date such as 13.05. further down decides for the whole column.
  const order = ambiguous ? detectDateOrder(samples.map((cells) => cells[index] ?? "")) : column.dateOrder
  return {
    index,
    header: column.header,
    samples: samplesOf(samples, index),
    target: column.target,
    confidence: column.confidence,
    reason: column.reason,
    ask: column.ask,
    alternatives: column.alternatives.map(({ target }) => target),
    dateOrder: order ?? null,
    suggestedDateOrder: order === "ambiguous" ? (column.suggestedDateOrder ?? null) : null,
    decimal: column.decimal ?? null,
    onUpdate: "fill",
  }
}
function samplesOf(rows: readonly (readonly string[])[], index: number): string[] {
  const texts = rows.slice(0, sampleRows).map((cells) => (cells[index] ?? "").trim())
  return [...new Set(texts)]
    .filter((text) => text !== "")
    .slice(0, shownSamples)
    .map((text) => text.slice(0, 200))
}

function ownEntity(
  headers: readonly string[],
  samples: readonly (readonly string[])[],
  wanted: ImportEntity | undefined,
) {
  const found = [people, companies]
    .filter(({ name }) => wanted === undefined || name === wanted)
    .map((entity) => ({ entity: entity.name, columns: recogniseOwn(entity, headers, samples) }))
    .sort((one, other) => (other.columns?.size ?? 0) - (one.columns?.size ?? 0))[0]
  return found?.columns ? { entity: found.entity, columns: found.columns } : undefined
}
/** A column of our own export is read back as it was written: whoever exports, edits and imports means the edits. */
function ownColumn(
  column: ImportColumn,
  entity: ImportEntity,
  target: NonNullable<ImportColumn["target"]>,
): ImportColumn {
  const declaration = entity === "people" ? people : companies
  return {
    ...column,
    target: isImportable(declaration, target) ? target : { field: "ignore" },
    confidence: 1,
    reason: ownReason,
    ask: false,
    alternatives: [],
    dateOrder: null,
    suggestedDateOrder: null,
    decimal: null,
    onUpdate: "overwrite",
  }
}

/** How the dates of one column are written, for a column that somebody has just said to be one of dates. */
export async function dateOrderOf(
  path: string,
  row: Pick<ImportRow, "format" | "details">,
  index: number,
): Promise<ImportColumn["dateOrder"]> {
  const source = await openSource(path, row)
  const texts: string[] = []
  try {
    for await (const batch of source.rows(0)) {
      texts.push(...batch.map(({ cells }) => cells[index] ?? ""))
      if (texts.length >= deepRows) break
    }
  } finally {
    await source.close()
  }
  return detectDateOrder(texts) ?? null
}
