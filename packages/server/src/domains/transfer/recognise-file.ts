import { people } from "@regulars/contract/domains/people.ts"
import type { ImportColumn } from "@regulars/contract/domains/transfer.endpoints.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Translate } from "@regulars/locales/runtime.ts"
import { FormatError } from "./formats/format-error.ts"
import { openTable } from "./formats/open-table.ts"
import { sniffFormat } from "./formats/sniff-format.ts"
import type { OpenedTable } from "./formats/table.ts"
import type { FileDetails, ImportRow } from "./imports.queries.ts"
import { declaredEntity, placeDeclared, unknownColumns, writing } from "./recognise/declared.ts"
import { headersAreValues } from "./recognise/headerless.ts"
import { type RecognisedColumn, recogniseTable, suggestOrders } from "./recognise/recognise.ts"
import { type Entity, hasVocabulary } from "./recognise/targets.ts"
import { isRejectsFile } from "./rejects.ts"
import { cardColumns } from "./rows/card-columns.ts"
import { ownReason } from "./rows/draft.ts"
import { isImportable, recogniseOwn } from "./rows/own-columns.ts"
import { openOptions, openSource, unnamed } from "./source-file.ts"
import { detectDateOrder } from "./values/dates.ts"
import { detectDecimal } from "./values/numbers.ts"

/** Rows from which columns are recognised, and rows in which ambiguous dates look for one that decides. */
const sampleRows = 200
const deepRows = 3000
const shownSamples = 5

export interface Look {
  /** What rows can be. */
  entities: readonly EntityDeclaration[]
  /** What the rows are, when somebody has said so. */
  entity?: EntityDeclaration
  /** What the file is called: an export of ours begins with what it holds. */
  fileName?: string
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
  if (look.entity && look.entity.name !== people.name)
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
    entity: people.name,
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
    const headerless = look.headerless ?? headersAreValues(table.columns)
    const samples = headerless ? [unnamed(table.columns), ...rows] : rows
    const headers = headerless ? table.columns.map((_, index) => `Column ${index + 1}`) : table.columns
    const own = ownEntity(headers, samples, look)
    const recognised = recogniseColumns(
      { headers: headerless ? headers.map(() => "") : headers, samples },
      look,
    )
    const entity = own?.entity ?? recognised.entity
    const columns = recognised.columns.map((column, index) =>
      columnOf({ ...column, header: headers[index] as string }, samples),
    )
    if (isRejectsFile(headers)) for (const column of columns.slice(-2)) leaveOut(column)
    if (own)
      for (const [index, target] of own.columns)
        columns[index] = ownColumn(columns[index] as ImportColumn, entity, target)
    return {
      entity: entity.name,
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
interface Sampled {
  headers: readonly string[]
  samples: readonly (readonly string[])[]
}
/** What the rows are and where their columns go: by the vocabulary where there is one, else by the declaration. */
function recogniseColumns(
  { headers, samples: all }: Sampled,
  { entity: said, entities, locale }: Look,
): { entity: EntityDeclaration; source?: string; columns: RecognisedColumn[] } {
  const samples = all.slice(0, sampleRows)
  const declared = (entity: EntityDeclaration) => {
    const columns = placeDeclared(entity, unknownColumns(entity, headers, samples), samples)
    suggestOrders(columns, locale)
    return { entity, columns }
  }
  if (said && !hasVocabulary(said.name)) return declared(said)
  const worded = recogniseTable({ headers, samples, locale, ...(said && { entity: said.name as Entity }) })
  const others = entities.filter(({ name }) => !hasVocabulary(name))
  const who = worded.columns.filter(saysWho).map(({ index }) => index)
  const other = said ? undefined : declaredEntity(others, { headers, samples }, who)
  if (other) return declared(other)
  const entity = entities.find(({ name }) => name === worded.entity) as EntityDeclaration
  return { ...worded, entity, columns: placeDeclared(entity, worded.columns, samples) }
}
/** Whether a column plainly holds who somebody is, as no table of anything else has it. */
function saysWho({ ask, target: { field } }: RecognisedColumn): boolean {
  return !ask && ["name", "givenName", "familyName", "emails", "phones"].includes(field)
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
  const order = ambiguous ? detectDateOrder(textsOf(samples, index)) : column.dateOrder
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
    decimal:
      (column.decimal === "ambiguous" ? detectDecimal(textsOf(samples, index)) : column.decimal) ?? null,
    onUpdate: "fill",
  }
}
function textsOf(rows: readonly (readonly string[])[], index: number): string[] {
  return rows.map((cells) => cells[index] ?? "")
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
  { entity: said, entities, fileName = "" }: Look,
) {
  // A location has no column that a person lacks.
  const isNamed = ({ name }: EntityDeclaration) => Number(fileName.startsWith(`${name}-`))
  const found = (said ? [said] : entities)
    .map((entity) => ({ entity, columns: recogniseOwn(entity, headers, samples) }))
    .sort(
      (one, other) =>
        (other.columns?.size ?? 0) - (one.columns?.size ?? 0) || isNamed(other.entity) - isNamed(one.entity),
    )[0]
  return found?.columns ? { entity: found.entity, columns: found.columns } : undefined
}
/** A column of our own export is read back as it was written: whoever exports, edits and imports means the edits. */
function ownColumn(
  column: ImportColumn,
  entity: EntityDeclaration,
  target: NonNullable<ImportColumn["target"]>,
): ImportColumn {
  return {
    ...column,
    target: isImportable(entity, target) ? target : { field: "ignore" },
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

/** How the dates or numbers of one column are written, for a column that somebody has just said to hold them. */
export async function writingOf(
  path: string,
  row: Pick<ImportRow, "format" | "details">,
  entity: EntityDeclaration,
  { index, header, target }: Pick<ImportColumn, "index" | "header" | "target">,
): Promise<Pick<ImportColumn, "dateOrder" | "decimal">> {
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
  const { dateOrder = null, decimal = null } = target ? writing(entity, target, header, texts) : {}
  return { dateOrder, decimal }
}
